{{- define "haproxynet.labels" -}}
app.kubernetes.io/name: {{ .Release.Name }}
{{- end }}
