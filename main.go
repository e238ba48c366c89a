// Onrecord reads news and writes down who said what, in what tone, and where
// they stand: as Parquet that opens in a notebook.
package main

import (
	"os"

	"onrecord/pipeline/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
