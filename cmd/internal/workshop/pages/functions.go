package pages

import (
	"html/template"

	"gokata/lessons/web"
)

// functions are what templates call.
func functions() template.FuncMap {
	return template.FuncMap{
		"inline":   web.Inline,
		"qr":       QR,
		"tally":    Tally,
		"sentence": sentence,
		"clock":    clock("15:04"),
		"date":     clock("2 January 2006"),
		"instant":  clock("15:04:05"),
		"markdown": func(s string) template.HTML { return web.Render([]byte(s)) },
	}
}
