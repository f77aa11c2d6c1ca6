// Package content holds the text of the course, embedded: a folder for each
// chapter, a file for each lesson, and nothing else. To add a lesson, add a
// file; package lessons finds it.
//
//	NN-chapter/chapter.md    title and summary
//	NN-chapter/NN-lesson.md  a lesson
//	NN-chapter/quiz.md       the questions of the chapter
//	NN-chapter/testdata/     complete programs that lessons show in part
package content

import "embed"

// FS is the course as it lies in this folder.
//
//go:embed [0-9][0-9]-*
var FS embed.FS
