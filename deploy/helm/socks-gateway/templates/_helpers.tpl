{{- define "socks-gateway.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "socks-gateway.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "socks-gateway.name" .) | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "socks-gateway.selector" -}}
app.kubernetes.io/name: {{ include "socks-gateway.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "socks-gateway.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "socks-gateway.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "socks-gateway.image" -}}
{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}
{{- end -}}

{{- define "socks-gateway.secret" -}}
{{- default (include "socks-gateway.fullname" .) .Values.existingSecret -}}
{{- end -}}

{{/* Nodes find each other by the name of the headless service: the DNS knows all pods, and needs no rights for it. */}}
{{- define "socks-gateway.nodes" -}}
{{ include "socks-gateway.fullname" . }}-nodes.{{ .Release.Namespace }}.svc.{{ .Values.cluster.domain }}
{{- end -}}

{{/* What the manifests rest on too, so that the configuration alone must not change it. */}}
{{- define "socks-gateway.fixed" -}}
{{- if hasKey (default dict .Values.config.timeouts) "drain" -}}
{{- fail "config.timeouts.drain: a pod would not be given that time (use drainSeconds)" -}}
{{- end -}}
{{- $admin := default dict .Values.config.admin -}}
{{- if hasKey $admin "port" -}}
{{- fail "config.admin.port: probes and Services would ask another one (use admin.port)" -}}
{{- end -}}
{{- if hasKey $admin "host" -}}
{{- fail "config.admin.host: probes ask the address of the pod, so it is 0.0.0.0 (admin.port and networkPolicy.admin say who gets there)" -}}
{{- end -}}
{{- if hasKey $admin "tls" -}}
{{- fail "config.admin.tls: probes and the ServiceMonitor speak plain HTTP at admin.port (networkPolicy.admin says who gets there)" -}}
{{- end -}}
{{- end -}}

{{/* The configuration that all pods share. */}}
{{- define "socks-gateway.config" -}}
{{- include "socks-gateway.fixed" . -}}
{{- $file := dict "name" "users" "type" "file" "path" "/run/secrets/socks-gateway/users.json" -}}
{{- $token := dict "file" "/run/secrets/socks-gateway/admin-token" -}}
{{- $chart := dict
      "auth" (dict "authenticators" (list $file))
      "timeouts" (dict "drain" (printf "%ds" (int .Values.drainSeconds)))
      "admin" (dict "host" "0.0.0.0" "port" .Values.admin.port "token" $token) -}}
{{- $config := mergeOverwrite $chart (deepCopy .Values.config) -}}
{{- if .Values.cluster.enabled -}}
{{- $half := add1 (div (int .Values.replicas) 2) -}}
{{- $cluster := dict
      "name" (include "socks-gateway.fullname" .)
      "port" .Values.cluster.port
      "discovery" "kubernetes"
      "kubernetes" (dict "dns" (include "socks-gateway.nodes" .))
      "nodes" (int .Values.replicas)
      "minimumMembers" (int (default $half .Values.cluster.minimumMembers)) -}}
{{- $_ := set $config "cluster" (mergeOverwrite (deepCopy (default dict .Values.config.cluster)) $cluster) -}}
{{- end -}}
{{- toPrettyJson $config -}}
{{- end -}}
