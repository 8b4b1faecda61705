// Renders a chart as Helm does: the same template engine and the same functions (sprig), without Helm, which Debian does not have.
// Usage: render-chart CHART RELEASE [VALUES]; the documents go to standard output.
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"github.com/imdario/mergo"
	"gopkg.in/yaml.v3"
)

func main() {
	chart, release := os.Args[1], os.Args[2]
	values := read(filepath.Join(chart, "values.yaml"))
	if len(os.Args) > 3 {
		must(mergo.Merge(&values, read(os.Args[3]), mergo.WithOverride))
	}

	description := read(filepath.Join(chart, "Chart.yaml"))
	scope := map[string]interface{}{
		"Values":  values,
		"Release": map[string]interface{}{"Name": release, "Service": "Helm"},
		"Chart":   map[string]interface{}{"Name": description["name"], "AppVersion": description["appVersion"]},
	}

	all := template.New("chart").Option("missingkey=error").Funcs(sprig.TxtFuncMap())
	all.Funcs(template.FuncMap{
		"toYaml": func(value interface{}) string {
			text, err := yaml.Marshal(value)
			must(err)
			return strings.TrimSuffix(string(text), "\n")
		},
		"include": func(name string, data interface{}) (string, error) {
			var text bytes.Buffer
			err := all.ExecuteTemplate(&text, name, data)
			return text.String(), err
		},
	})

	files, err := filepath.Glob(filepath.Join(chart, "templates", "*"))
	must(err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		must(err)
		_, err = all.New(filepath.Base(file)).Parse(string(text))
		must(err)
	}

	for _, file := range files {
		var text bytes.Buffer
		must(all.ExecuteTemplate(&text, filepath.Base(file), scope))
		if filepath.Ext(file) == ".yaml" && strings.TrimSpace(text.String()) != "" {
			fmt.Printf("---\n%s\n", text.String())
		}
	}
}

func read(file string) map[string]interface{} {
	text, err := os.ReadFile(file)
	must(err)
	values := map[string]interface{}{}
	must(yaml.Unmarshal(text, &values))
	return values
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
