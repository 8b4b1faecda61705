// Which destination served when, and what clients felt: the board for the morning after.
local p = import 'panels.libsonnet';
{
  local all = $._config.selector + ', instance=~"$instance", cluster=~"$cluster"',
  local rate(family, more='') = 'rate(haproxynet_%s{%s%s}[$__rate_interval])' % [family, all, more],
  local increase(family, more='') = 'increase(haproxynet_%s{%s%s}[$__rate_interval])' % [family, all, more],
  local quantile(q, family, by) = 'histogram_quantile(%g, sum by (le, %s) (%s))' % [q, by, rate(family + '_bucket')],

  grafanaDashboards+:: {
    'haproxynet-service.json': p.board(
      'haproxynet-service',
      'HaProxyNet: who serves',
      'Which destination was active when and why it changed, and what clients felt.',
      $._config.selector,
      { cluster: 'active_destination', instance: 'active_destination' },
      [
        p.stat('Destinations up', 'Those that can be given connections.', 'short', [
          p.now('sum by (cluster) (haproxynet_destination_up{%s})' % all, '{{cluster}}'),
        ]),
        p.stat('On a standby', 'The share of the last hour that another than the most preferred destination was active.', 'percentunit', [
          p.now('max by (cluster) (rate(haproxynet_seconds_on_secondary_total{%s}[1h]))' % all, '{{cluster}}'),
        ], [{ color: 'orange', value: 0.01 }]),
        p.stat('Failback waits', '1: the primary is up, and its cluster does not use it yet.', 'short', [
          p.now('max by (cluster) (haproxynet_failback_waiting{%s})' % all, '{{cluster}}'),
        ], [{ color: 'orange', value: 1 }]),
        p.stat('Unknown outcomes today', 'Connections that were cut after a destination had their bytes.', 'short', [
          p.now(
            'sum by (cluster) (increase(haproxynet_connections_total{%s, outcome=~"destination_reset|destination_down|peer_vanished|drain_deadline|internal_error"}[24h]))' % all,
            '{{cluster}}'
          ),
        ], [{ color: 'red', value: 1 }]),
        p.timeline('Active destination', 'The destination that is tried first for new connections.', [
          p.query('max by (instance, cluster, destination) (haproxynet_active_destination{%s})' % all, '{{cluster}}/{{destination}} at {{instance}}'),
        ], { '0': p.named('waits', 'transparent'), '1': p.named('active', 'green') }),
        p.timeline('Usable', 'Which destinations could be given connections: they accept, and no operator took them out.', [
          p.query('min by (instance, cluster, destination) (haproxynet_destination_up{%s})' % all, '{{cluster}}/{{destination}} at {{instance}}'),
        ], { '0': p.named('not usable', 'red'), '1': p.named('usable', 'green') }),
        p.bars('Changes of the active destination', 'Failovers and failbacks, with their reasons.', [
          p.query('sum by (cluster, from, to, reason) (%s) > 0' % increase('failovers_total'), '{{cluster}}: {{from}} to {{to}}, {{reason}}'),
        ]),
        p.lines('Time to detect', 'From the start of the attempt that failed until the destination was down, 99 %.', 's', [
          p.query(quantile(0.99, 'failover_detection_seconds', 'cluster'), '{{cluster}}'),
        ]),
        p.lines('Connections ended', 'By outcome. completed is what should be there.', 'cps', [
          p.query('sum by (cluster, outcome) (%s)' % rate('connections_total'), '{{cluster}} {{outcome}}'),
        ]),
        p.lines('Open connections', 'By destination: what a drain waits for.', 'short', [
          p.query('sum by (cluster, destination) (haproxynet_connections_active{%s})' % all, '{{cluster}}/{{destination}}'),
        ]),
        p.lines('Connect time', 'How long destinations take to accept, 50 % and 99 %.', 's', [
          p.query(quantile(0.5, 'connect_seconds', 'cluster, destination'), '{{cluster}}/{{destination}} 50 %'),
          p.query(quantile(0.99, 'connect_seconds', 'cluster, destination'), '{{cluster}}/{{destination}} 99 %'),
        ]),
        p.lines('Bytes', 'Added when a connection ends. in: from clients.', 'Bps', [
          p.query('sum by (cluster, direction) (%s)' % rate('bytes_total'), '{{cluster}} {{direction}}'),
        ]),
        p.bars('Failed connects', 'Attempts for clients that failed. The client went on to the next destination.', [
          p.query('sum by (cluster, destination, reason) (%s) > 0' % increase('connect_failures_total'), '{{cluster}}/{{destination}} {{reason}}'),
        ]),
        p.bars('Fall-throughs and hedges', 'Connections that tried another destination.', [
          p.query('sum by (cluster, from, to, reason) (%s) > 0' % increase('fall_throughs_total'), '{{cluster}}: {{from}} to {{to}}, {{reason}}'),
          p.query('sum by (cluster, won) (%s) > 0' % increase('hedges_total'), '{{cluster}}: hedge, {{won}} won'),
        ]),
        p.bars('Connections that the proxy ended', 'By policies, operators, time-outs and shutdowns.', [
          p.query('sum by (cluster, destination, reason) (%s) > 0' % increase('sessions_cut_total'), '{{cluster}}/{{destination}} {{reason}}'),
        ]),
        p.bars('Probes that failed', 'And drills.', [
          p.query('sum by (cluster, destination, method, result) (%s) > 0' % increase('probes_total', ', result!="success"'), '{{cluster}}/{{destination}} {{method}} {{result}}'),
          p.query('sum by (cluster, destination, result) (%s) > 0' % increase('drills_total', ', result!="success"'), '{{cluster}}/{{destination}} drill {{result}}'),
        ]),
        p.lines('Proven', 'How long ago each destination was last seen to accept.', 's', [
          p.query('time() - max by (cluster, destination) (haproxynet_destination_last_proven_timestamp_seconds{%s})' % all, '{{cluster}}/{{destination}}'),
        ]),
        p.lines('Hold-down', 'How long a destination that is down must accept before it is used again; it grows while it flaps.', 's', [
          p.query('max by (cluster, destination) (haproxynet_destination_hold_down_seconds{%s})' % all, '{{cluster}}/{{destination}}'),
        ]),
      ]
    ),
  },
}
