// What a site sets for itself: import mixin.libsonnet and override these with _config+:: { … }.
{
  _config+:: {
    // Which series are those of the proxies. One job for all proxies; `instance` tells them apart.
    selector: 'job="haproxynet"',

    // Where the runbooks are, for links in alerts. A path or a URL, ending with a slash.
    runbooks: 'docs/runbooks/',

    // Longer than the daily drill (docs/health.md) needs to come round.
    standbyProvenWithin: '25h',
    certificateWarningDays: 21,
    certificateCriticalDays: 3,
    onSecondaryFor: '15m',
    failbackWaitsFor: '1h',
    takenOutFor: '8h',
    leaseHeldFor: '24h',
    leaseHeldSeconds: 24 * 3600,
    flappingSwitches: 5,
    refusedClients: 10,
    descriptorsUsed: 0.8,
    hedgedShare: 0.05,
  },
}
