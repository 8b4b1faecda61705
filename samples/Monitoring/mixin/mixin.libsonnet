// The whole pack: alerts and boards, with their settings.
(import 'config.libsonnet')
+ (import 'alerts.libsonnet')
+ (import 'boards/service.libsonnet')
+ (import 'boards/proxy.libsonnet')
