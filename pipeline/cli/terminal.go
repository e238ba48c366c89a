package cli

import (
	"fmt"
	"io"
	"math"
	"os"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"golang.org/x/term"
)

// isTerminal reports whether what is written to w is seen by a person at once.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd())) && os.Getenv("TERM") != "dumb"
}

// width is the number of columns of a terminal; 0 means that there is no limit.
func width(w io.Writer) int {
	if f, ok := w.(*os.File); ok && isTerminal(w) {
		if columns, _, err := term.GetSize(int(f.Fd())); err == nil {
			return columns
		}
	}
	return 0
}

// painter colours text, or leaves it alone where colours are not wanted.
type painter bool

// colours are wanted on a terminal, unless NO_COLOR is set (https://no-color.org).
func colours(w io.Writer) painter {
	return painter(isTerminal(w) && os.Getenv("NO_COLOR") == "")
}

func (p painter) paint(s string, c text.Color) string {
	if !p || s == "" {
		return s
	}
	return c.EscapeSeq() + s + text.Reset.EscapeSeq()
}

// toneColour tells directions apart for people who don't see red and green too;
// the side of the bar and the sign say the same again.
func toneColour(tone float64) text.Color {
	if tone < 0 {
		return text.FgRed
	}
	return text.FgBlue
}

// barHalf is the length of a bar of tone 1 or -1.
const barHalf = 8

// toneBar draws a tone in [-1, 1]: negative to the left of the middle, positive
// to the right. What rounds to nothing still shows its direction if it has one.
func (p painter) toneBar(tone float64) string {
	n := min(barHalf, int(math.Round(math.Abs(tone)*barHalf)))
	left, right := strings.Repeat(" ", barHalf), strings.Repeat(" ", barHalf)
	bar := p.paint(strings.Repeat("█", n), toneColour(tone))
	if tone < 0 {
		left = left[n:] + bar
	} else {
		right = bar + right[n:]
	}
	return left + "│" + right
}

// signed writes a score with its sign and two decimals; what rounds to zero has none.
func signed(v float64) string {
	if s := fmt.Sprintf("%+.2f", v); s != "+0.00" && s != "-0.00" {
		return s
	}
	return "0.00"
}

// newTable is a table in the style of all commands.
func newTable(w io.Writer, header ...any) table.Writer {
	t := table.NewWriter()
	t.SetOutputMirror(w)
	t.SetStyle(table.StyleLight)
	t.Style().Format.Header = text.FormatDefault
	t.Style().Format.Footer = text.FormatDefault
	t.Style().Options.DrawBorder = false
	t.Style().Options.SeparateColumns = false
	t.Style().Size.WidthMax = width(w)
	t.AppendHeader(header)
	return t
}

// cut shortens a text to n columns and puts it on one line.
func cut(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	return strings.TrimRight(string(runes[:n-1]), " ,.") + "…"
}
