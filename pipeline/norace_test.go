//go:build !race

package pipeline_test

const defaultKills = 200
