//go:build race

package pipeline_test

// defaultKills is small: processes under the race detector take long to start, and
// what dies has no race to show.
const defaultKills = 40
