// The processes themselves: what they use, what they run out of, their doors, certificates and logs.
local p = import 'panels.libsonnet';
{
  local all = $._config.selector + ', instance=~"$instance"',
  local rate(family, more='') = 'rate(%s{%s%s}[$__rate_interval])' % [family, all, more],
  local increase(family, more='') = 'increase(%s{%s%s}[$__rate_interval])' % [family, all, more],

  grafanaDashboards+:: {
    'haproxynet-proxy.json': p.board(
      'haproxynet-proxy',
      'HaProxyNet: the proxies',
      'What the processes use and run out of, their doors, certificates and logs.',
      $._config.selector,
      { instance: 'build_info' },
      [
        p.stat('Answers', '1: the last scrape was answered.', 'short', [p.now('up{%s}' % all, '{{instance}}')], [{ color: 'green', value: 1 }], base='red'),
        p.stat('Runs since', 'A restart shows here.', 's', [p.now('time() - process_start_time_seconds{%s}' % all, '{{instance}}')]),
        p.stat('Version', 'And what moves and encrypts the bytes.', 'short', [
          p.now('haproxynet_build_info{%s}' % all, '{{instance}}: {{version}}, {{engine}}, {{tls}}'),
        ]),
        p.stat('Configuration in force', '1: the last reload was taken over. 0: the file has faults.', 'short', [
          p.now('haproxynet_config_last_reload_successful{%s}' % all, '{{instance}}'),
        ], [{ color: 'green', value: 1 }], base='red'),
        p.stat('Certificates: days left', 'Those of listeners, of the proxy towards destinations, and of destinations as last seen.', 'd', [
          p.now(
            '(haproxynet_tls_certificate_expiry_timestamp_seconds{%s} - time()) / 86400' % all,
            '{{listener}}{{cluster}}/{{destination}} {{subject}}'
          ),
        ], [{ color: 'orange', value: 3 }, { color: 'green', value: 21 }], 24, 'red'),
        p.lines('CPU', 'Seconds of CPU a second.', 'short', [p.query(rate('process_cpu_seconds_total'), '{{instance}}')], 8),
        p.lines('Memory', 'Resident.', 'bytes', [p.query('process_working_set_bytes{%s}' % all, '{{instance}}')], 8),
        p.lines('Descriptors', 'At 1, listeners stop accepting until connections end.', 'percentunit', [
          p.query('haproxynet_descriptors_open{%s} / haproxynet_descriptors_limit{%s}' % [all, all], '{{instance}}'),
        ], 8),
        p.bars('Clients refused at the door', 'By listener and reason.', [
          p.query('sum by (listener, reason) (%s) > 0' % increase('haproxynet_connections_refused_total'), '{{listener}} {{reason}}'),
        ]),
        p.lines('TLS handshakes', 'With clients of listeners that end TLS.', 'ops', [
          p.query('sum by (listener, version, result) (%s)' % rate('haproxynet_tls_handshakes_total'), '{{listener}} {{version}} {{result}}'),
        ]),
        p.bars('Reloads', 'Of the configuration and of certificates.', [
          p.query('sum by (instance, result) (%s) > 0' % increase('haproxynet_config_reloads_total'), '{{instance}} configuration {{result}}'),
          p.query('sum by (instance, result) (%s) > 0' % increase('haproxynet_tls_certificate_reloads_total'), '{{instance}} certificates {{result}}'),
        ], 8),
        p.bars('Log lines lost', 'Nothing waits for a log: an output that is too slow loses lines.', [
          p.query('sum by (instance, output) (%s) > 0' % increase('haproxynet_log_lines_dropped_total'), '{{instance}} {{output}}'),
        ], 8),
        p.bars('Faults of the proxy itself', 'Each ended one piece of work and nothing else.', [
          p.query('sum by (instance, place) (%s) > 0' % increase('haproxynet_internal_faults_total'), '{{instance}} {{place}}'),
        ], 8),
        p.lines('Allocated', 'Bytes a second on the managed heap.', 'Bps', [p.query(rate('haproxynet_managed_allocated_bytes_total'), '{{instance}}')], 8),
        p.lines('Garbage collections', 'By generation.', 'ops', [
          p.query('sum by (instance, generation) (%s)' % rate('dotnet_collection_count_total'), '{{instance}} generation {{generation}}'),
        ], 8),
        p.lines('Threads', 'Of the process.', 'short', [p.query('process_num_threads{%s}' % all, '{{instance}}')], 8),
      ]
    ),
  },
}
