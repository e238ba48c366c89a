// Package output keeps results: the tables that a notebook reads, the layers that a
// rerun reads, and the dataset on disk that holds both.
//
// # What lies where
//
//	out/
//	  documents/batch=2026-11-23/part-00000-<digest>.parquet
//	  statements/ stances/ speakers/ rejects/     likewise: what a notebook reads
//	  _layers/<stage>/batch=.../<layer>-...       what a rerun reads
//	  _runs/<batch>/manifest.json                 what the batch is: the same for the same work
//	               /run.json                      what its run was: times, host
//	               /known  copies  said           by which later batches know what is there
//	               /rejects.tar.zst               what was refused, if it is kept
//	  _staging/<batch>/                           a batch under work; no file there ends as a table does
//	                /inflight                     at work on what; see InFlight
//	  _lock  _lock.holder                         held by the operating system; a courtesy
//	  _reserve                                    room that a full disk leaves for a last word
//
// # Terms
//
// A batch is what one run adds, named by a date. It is made of chunks, each the
// result of consecutive records; chunks are checkpoints, and parts are assembled
// from them when the batch is published. A sheet is a table or a layer. Parts carry
// their digest in their names, so that a listing made before a replacement fails
// instead of mixing old with new.
//
// # What is promised
//
//   - What a reader finds in the folder of a table's batch is complete, at every
//     instant, without a lock. A new batch appears table by table, what is referred
//     to before what refers to it, its manifest last; a batch without one does not
//     exist. While a batch is replaced, for milliseconds or until the next command
//     after a kill, some of its tables are new and some old, each of them whole.
//   - What a function of this package has written when it returns survives a power
//     cut. A process may end at any operation; the same work, done again, comes to
//     the same bytes. See disk.go for the recipes, publish.go for the order, and
//     survive_test.go for the proof.
//   - One process writes at a time. Its lock dies with it.
//   - Damage is found before it is used: every file is digested in the manifest,
//     and Documents, Known and Verify name the file that is not as it was written.
//   - The tables of a dataset have one schema, SchemaVersion.
//   - Nothing that a manifest names is missing. Layers and what was refused may go,
//     for results need them not: Forget lets the manifest forget them first.
//
// What is not promised: a view of several batches or tables at one instant, and
// file systems on which a rename is not atomic or a lock does not work.
package output
