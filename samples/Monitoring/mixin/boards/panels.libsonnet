// The few kinds of panels that the boards use, for Grafana 9 and later.
{
  local datasource = { type: 'prometheus', uid: '${datasource}' },

  local panel(type, title, description, w, h, targets) = {
    type: type,
    title: title,
    description: description,
    datasource: datasource,
    gridPos: { w: w, h: h },
    targets: [
      { refId: std.char(std.codepoint('A') + i), datasource: datasource, expr: targets[i].expr, legendFormat: targets[i].legend }
      + (if std.objectHas(targets[i], 'instant') then { instant: targets[i].instant } else {})
      for i in std.range(0, std.length(targets) - 1)
    ],
  },

  query(expr, legend): { expr: expr, legend: legend },
  now(expr, legend): { expr: expr, legend: legend, instant: true },

  lines(title, description, unit, targets, w=12):: panel('timeseries', title, description, w, 8, targets) {
    fieldConfig: { defaults: { unit: unit, min: 0, custom: { fillOpacity: 10, showPoints: 'never' } }, overrides: [] },
    options: { tooltip: { mode: 'multi', sort: 'desc' }, legend: { displayMode: 'list', placement: 'bottom' } },
  },

  bars(title, description, targets, w=12):: $.lines(title, description, 'short', targets, w) {
    fieldConfig+: { defaults+: { custom: { drawStyle: 'bars', fillOpacity: 80, stacking: { mode: 'normal' } } } },
  },

  stat(title, description, unit, targets, thresholds=[], w=6, base='green'):: panel('stat', title, description, w, 4, targets) {
    fieldConfig: {
      defaults: {
        unit: unit,
        color: { mode: 'thresholds' },
        thresholds: { mode: 'absolute', steps: [{ color: base, value: null }] + thresholds },
      },
      overrides: [],
    },
    options: { reduceOptions: { calcs: ['lastNotNull'] }, textMode: 'value_and_name', colorMode: 'background' },
  },

  // One row a series, coloured by its value: which destination was active when.
  timeline(title, description, targets, names, w=24, h=7):: panel('state-timeline', title, description, w, h, targets) {
    fieldConfig: {
      defaults: {
        custom: { fillOpacity: 80, lineWidth: 0 },
        mappings: [{ type: 'value', options: { [v]: names[v] for v in std.objectFields(names) } }],
      },
      overrides: [],
    },
    options: { mergeValues: true, showValue: 'never', legend: { displayMode: 'list', placement: 'bottom' } },
  },

  // A colour and a word for a value of a time line.
  named(text, color): { text: text, color: color },

  local variable(name, label, query) = {
    type: 'query',
    name: name,
    label: label,
    datasource: datasource,
    query: { query: query, refId: 'A' },
    definition: query,
    refresh: 2,
    sort: 1,
    multi: true,
    includeAll: true,
    allValue: '.*',
    current: { text: 'All', value: '$__all' },
  },

  board(uid, title, description, selector, variables, panels):: {
    uid: uid,
    title: title,
    description: description,
    tags: ['haproxynet'],
    schemaVersion: 38,
    version: 1,
    editable: true,
    refresh: '30s',
    time: { from: 'now-24h', to: 'now' },
    timezone: 'browser',
    templating: {
      list: [{ type: 'datasource', name: 'datasource', label: 'Prometheus', query: 'prometheus', current: {} }]
            + [variable(v, v, 'label_values(haproxynet_%s{%s}, %s)' % [variables[v], selector, v]) for v in std.objectFields(variables)],
    },
    panels: place(panels),
  },

  // Left to right, as many as fit, then the next row.
  local place(panels) = std.foldl(
    function(state, p)
      local fits = state.x + p.gridPos.w <= 24;
      local x = if fits then state.x else 0;
      local y = if fits then state.y else state.y + state.h;
      {
        x: x + p.gridPos.w,
        y: y,
        h: if fits then std.max(state.h, p.gridPos.h) else p.gridPos.h,
        placed: state.placed + [p { id: std.length(state.placed) + 1, gridPos+: { x: x, y: y } }],
      },
    panels,
    { x: 0, y: 0, h: 0, placed: [] }
  ).placed,
}
