// Alerts. Each has a severity (critical: clients are not served, or soon will not be; warning: look today; info: know of it),
// a summary, a description, and a runbook.
{
  local config = $._config,
  local s = config.selector,
  local proxy = 'job, instance',
  local cluster = proxy + ', cluster',
  local destination = cluster + ', destination',

  local alert(name, severity, hold, expr, summary, description) = {
    alert: name,
    expr: expr,
    [if hold != null then 'for']: hold,
    labels: { severity: severity },
    annotations: {
      summary: summary,
      description: description,
      runbook_url: config.runbooks + name + '.md',
    },
  },

  local service = [
    alert(
      'HaProxyNetAway',
      'critical',
      '1m',
      'up{%s} == 0' % s,
      'The proxy {{ $labels.instance }} does not answer its scrapes.',
      'Prometheus has not reached the admin endpoint for a minute: the process has ended, hangs, or is cut off. Its clients may not be served.'
    ),
    alert(
      'HaProxyNetAllDown',
      'critical',
      '30s',
      'max by (%s) (haproxynet_destination_up{%s}) == 0' % [cluster, s],
      'No destination of {{ $labels.cluster }} can be used.',
      'Every new connection to {{ $labels.cluster }} on {{ $labels.instance }} is refused: all destinations are down or were taken out by an operator.'
    ),
    alert(
      'HaProxyNetClientsWithoutDestination',
      'critical',
      null,
      'sum by (%s, listener) (increase(haproxynet_connections_total{%s, outcome="no_destination"}[5m])) > 0' % [cluster, s],
      'Clients of {{ $labels.listener }} got no destination.',
      '{{ $value | humanize }} connections to {{ $labels.listener }} were reset in five minutes because no destination of {{ $labels.cluster }} accepted them.'
    ),
    alert(
      'HaProxyNetPrimaryDown',
      'warning',
      '1m',
      'haproxynet_destination_state{%s, state="down"} == 1 and on (%s) haproxynet_destination_priority{%s} == 0' % [s, destination, s],
      'The primary {{ $labels.cluster }}/{{ $labels.destination }} is down.',
      'It has not accepted for a minute. Others serve in its place, as long as one is up.'
    ),
    alert(
      'HaProxyNetStandbyDown',
      'warning',
      '5m',
      'haproxynet_destination_state{%s, state="down"} == 1 and on (%s) haproxynet_destination_priority{%s} > 0' % [s, destination, s],
      'The standby {{ $labels.cluster }}/{{ $labels.destination }} is down.',
      'Clients do not notice yet. If the primary fails now, they are not served.'
    ),
    alert(
      'HaProxyNetOnSecondary',
      'warning',
      config.onSecondaryFor,
      'rate(haproxynet_seconds_on_secondary_total{%s}[5m]) > 0.9' % s,
      '{{ $labels.cluster }} has been served by a standby for long.',
      'Another destination than the most preferred one has been active on {{ $labels.instance }} for %s. There may be no further one to fail over to.' % config.onSecondaryFor
    ),
    alert(
      'HaProxyNetFlapping',
      'warning',
      null,
      'sum by (%s) (increase(haproxynet_failovers_total{%s}[15m])) > %d' % [cluster, s, config.flappingSwitches],
      '{{ $labels.cluster }} goes back and forth.',
      'The active destination has changed {{ $value | humanize }} times in 15 minutes.'
    ),
    alert(
      'HaProxyNetHoldDownAtMaximum',
      'warning',
      null,
      'haproxynet_destination_hold_down_seconds{%s} >= on (%s) group_left () (haproxynet_hold_down_max_seconds{%s} > 0)' % [s, cluster, s],
      '{{ $labels.cluster }}/{{ $labels.destination }} has failed so often that it is held down for as long as it can be.',
      'It fails again soon after each recovery. It must accept for {{ $value | humanizeDuration }} without a failure before it is used again.'
    ),
    alert(
      'HaProxyNetFailbackWaits',
      'info',
      config.failbackWaitsFor,
      'haproxynet_failback_waiting{%s} == 1' % s,
      'The primary of {{ $labels.cluster }} is up and is not used.',
      'The failback policy, or the switch of an operator, has kept new connections on a standby for %s.' % config.failbackWaitsFor
    ),
    alert(
      'HaProxyNetStandbyUnproven',
      'warning',
      '15m',
      (
        '(time() - haproxynet_destination_last_proven_timestamp_seconds{%(s)s} > %(seconds)d and on (%(d)s) haproxynet_destination_up{%(s)s} == 1)'
        + ' or (haproxynet_destination_up{%(s)s} == 1 unless on (%(d)s) haproxynet_destination_last_proven_timestamp_seconds{%(s)s})'
      ) % { s: s, d: destination, seconds: $._config.standbyProvenSeconds },
      'Nobody has seen {{ $labels.cluster }}/{{ $labels.destination }} accept for more than %s.' % config.standbyProvenWithin,
      'It counts as up, but no connection, probe or drill has proven it. It may fail at the moment at which it is needed.'
    ),
    alert(
      'HaProxyNetTakenOut',
      'info',
      config.takenOutFor,
      'haproxynet_destination_state{%s, state=~"draining|disabled"} == 1' % s,
      '{{ $labels.cluster }}/{{ $labels.destination }} is still {{ $labels.state }}.',
      'An operator took it out more than %s ago and has not enabled it again.' % config.takenOutFor
    ),
    alert(
      'HaProxyNetLeaseHeldLong',
      'warning',
      '5m',
      'max by (%s, node) (time() - haproxynet_lease_since_timestamp_seconds{%s}) > %d' % [destination, s, $._config.leaseHeldSeconds],
      '{{ $labels.cluster }}/{{ $labels.destination }} has been out of service for {{ $value | humanizeDuration }}.',
      'An operator took it out on {{ $labels.node }}. The last destination of a cluster cannot be taken out: with two of them, the other one waits for this one.'
    ),
    alert(
      'HaProxyNetMaintenanceStoreAway',
      'warning',
      '5m',
      'haproxynet_maintenance_store_up{%s} == 0' % s,
      'The proxy {{ $labels.instance }} cannot use the maintenance store.',
      'What operators had set stays in force. What they set now is known on this proxy only, so two operators could take out both destinations of a pair.'
    ),
  ],

  local clients = [
    alert(
      'HaProxyNetUnknownOutcomes',
      'warning',
      null,
      (
        'sum by (%s) (increase(haproxynet_connections_total{%s, '
        + 'outcome=~"destination_reset|destination_down|peer_vanished|drain_deadline|internal_error"}[10m])) > 0'
      ) % [destination, s],
      'Requests to {{ $labels.cluster }}/{{ $labels.destination }} have an unknown outcome.',
      '{{ $value | humanize }} connections were cut in ten minutes after a destination had been given their bytes. Nobody knows how far these requests got.'
    ),
    alert(
      'HaProxyNetClientsRefused',
      'warning',
      null,
      'sum by (%s, listener, reason) (increase(haproxynet_connections_refused_total{%s}[10m])) > %d' % [proxy, s, config.refusedClients],
      '{{ $labels.listener }} refuses clients: {{ $labels.reason }}.',
      '{{ $value | humanize }} connections were reset at the door in ten minutes.'
    ),
    alert(
      'HaProxyNetHedgesRising',
      'warning',
      '15m',
      (
        'sum by (%(c)s) (rate(haproxynet_hedges_total{%(s)s}[15m])) / sum by (%(c)s) (rate(haproxynet_connections_total{%(s)s}[15m])) > %(share)g'
        + ' and sum by (%(c)s) (increase(haproxynet_hedges_total{%(s)s}[15m])) > 10'
      ) % { c: cluster, s: s, share: config.hedgedShare },
      'The active destination of {{ $labels.cluster }} is slow to accept.',
      '{{ $value | humanizePercentage }} of its connections tried a second destination because the first had not accepted in time.'
    ),
  ],

  local process = [
    alert(
      'HaProxyNetDescriptorsNearLimit',
      'warning',
      '5m',
      'haproxynet_descriptors_open{%s} / haproxynet_descriptors_limit{%s} > %g' % [s, s, config.descriptorsUsed],
      'The proxy {{ $labels.instance }} is near its limit of open descriptors.',
      '{{ $value | humanizePercentage }} are in use. At 100 % listeners stop accepting until connections end.'
    ),
    alert(
      'HaProxyNetReloadFailed',
      'warning',
      '5m',
      'haproxynet_config_last_reload_successful{%s} == 0' % s,
      'The configuration file of {{ $labels.instance }} has faults and is not in force.',
      'The last reload was refused; the configuration before it serves on. A restart with this file would fail.'
    ),
    alert(
      'HaProxyNetCertificateExpiring',
      'warning',
      '1h',
      (
        'haproxynet_tls_certificate_expiry_timestamp_seconds{%s} - time() < %d * 86400'
        + ' and haproxynet_tls_certificate_expiry_timestamp_seconds{%s} - time() >= %d * 86400'
      ) % [s, config.certificateWarningDays, s, config.certificateCriticalDays],
      'The certificate {{ $labels.subject }} expires in {{ $value | humanizeDuration }}.',
      'Listener: {{ $labels.listener }}, cluster: {{ $labels.cluster }}, destination: {{ $labels.destination }}. An empty label does not apply.'
    ),
    alert(
      'HaProxyNetCertificateExpiresNow',
      'critical',
      null,
      'haproxynet_tls_certificate_expiry_timestamp_seconds{%s} - time() < %d * 86400' % [s, config.certificateCriticalDays],
      'The certificate {{ $labels.subject }} expires within %d days, or has expired.' % config.certificateCriticalDays,
      'Clients or destinations will refuse it. Listener: {{ $labels.listener }}, cluster: {{ $labels.cluster }}, destination: {{ $labels.destination }}.'
    ),
    alert(
      'HaProxyNetCertificateReloadFailed',
      'warning',
      null,
      'increase(haproxynet_tls_certificate_reloads_total{%s, result="failure"}[15m]) > 0' % s,
      'A renewed certificate could not be loaded.',
      'The files of {{ $labels.listener }}{{ $labels.cluster }} have changed and cannot be used; the certificate before is shown until it expires.'
    ),
    alert(
      'HaProxyNetLogLinesDropped',
      'warning',
      null,
      'sum by (%s, output) (increase(haproxynet_log_lines_dropped_total{%s}[10m])) > 0' % [proxy, s],
      'The proxy {{ $labels.instance }} loses log lines ({{ $labels.output }}).',
      '{{ $value | humanize }} lines were lost in ten minutes: nothing takes them fast enough. Connections are not affected.'
    ),
    alert(
      'HaProxyNetNotificationsFail',
      'warning',
      null,
      'sum by (%s, webhook) (increase(haproxynet_notifications_total{%s, result=~"failed|dropped"}[15m])) > 0' % [proxy, s],
      'Messages to the webhook {{ $labels.webhook }} are lost.',
      '{{ $value | humanize }} messages about changes of state were given up in 15 minutes. People who rely on them do not know.'
    ),
    alert(
      'HaProxyNetInternalFault',
      'warning',
      null,
      'sum by (%s, place) (increase(haproxynet_internal_faults_total{%s}[10m])) > 0' % [proxy, s],
      'A fault of the proxy itself on {{ $labels.instance }}: {{ $labels.place }}.',
      'It ended one piece of work and nothing else. The log says what.'
    ),
  ],

  local seconds(duration) = std.parseInt(std.substr(duration, 0, std.length(duration) - 1)) * { s: 1, m: 60, h: 3600, d: 86400 }[duration[std.length(duration) - 1]],
  _config+:: { standbyProvenSeconds:: seconds(self.standbyProvenWithin) },

  prometheusAlerts+:: {
    groups+: [
      { name: 'haproxynet-service', rules: service },
      { name: 'haproxynet-clients', rules: clients },
      { name: 'haproxynet-process', rules: process },
    ],
  },
}
