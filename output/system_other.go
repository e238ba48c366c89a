//go:build !linux

package output

import "errors"

func (osSystem) exchange(string, string) error { return errors.ErrUnsupported }

func freeBytes(string) int64 { return -1 }
