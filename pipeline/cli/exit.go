package cli

import (
	"errors"
	"fmt"
	"strings"
	"syscall"

	"onrecord/output"
)

// Exit statuses. What is not listed, such as the 2 of a Go crash, is a failure.
const (
	exitDone        = 0
	exitFailed      = 1
	exitLook        = 3
	exitUsage       = 64
	exitLocked      = 75
	exitInterrupted = 130
	exitTerminated  = 143
)

var exitMeanings = map[int]string{
	exitDone:        "done, or nothing to do",
	exitFailed:      "failed; nothing new was published",
	exitLook:        "done, but look: a quality gate rang, or an input was incomplete",
	exitUsage:       "wrong usage",
	exitLocked:      "another process is writing this dataset",
	exitInterrupted: "interrupted (143: terminated); run the same command to go on",
}

// exitStatusHelp is the section of a help text that lists the statuses a command
// may end with beside the usual three; meanings of its own come as text.
func exitStatusHelp(more ...int) string {
	var b strings.Builder
	b.WriteString("\n\nEXIT STATUS")
	for _, code := range []int{exitDone, exitFailed, exitLook, exitUsage, exitLocked, exitInterrupted} {
		usual := code == exitDone || code == exitFailed || code == exitUsage
		for _, m := range more {
			usual = usual || m == code
		}
		if usual || len(more) == 0 {
			fmt.Fprintf(&b, "\n  %3d  %s", code, exitMeanings[code])
		}
	}
	return b.String()
}

// usageError is a mistake in the command itself.
type usageError struct {
	command string // the one whose help explains
	message string
	meant   string // the whole command that was probably meant; may be empty
}

func (e *usageError) Error() string { return e.message }

// lookError is a result that is there, but that somebody should look at.
type lookError struct{ message string }

func (e *lookError) Error() string { return e.message }

// interrupted is the cause of a context that a signal cancelled.
type interrupted struct{ signal syscall.Signal }

func (e *interrupted) Error() string { return fmt.Sprintf("stopped by a signal (%v)", e.signal) }

func exitStatus(err error) int {
	var (
		usage  *usageError
		look   *lookError
		locked *output.LockedError
		signal *interrupted
	)
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &usage):
		return exitUsage
	case errors.As(err, &look):
		return exitLook
	case errors.As(err, &locked):
		return exitLocked
	case errors.As(err, &signal):
		return 128 + int(signal.signal)
	}
	return exitFailed
}
