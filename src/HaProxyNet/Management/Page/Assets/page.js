'use strict';
(() => {
  const $ = id => document.getElementById(id);
  const clockOf = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const hourOf = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const dayOf = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: '2-digit', day: '2-digit' });
  const whenOf = at => `${dayOf.format(new Date(at))} ${clockOf.format(new Date(at))}`;
  let state = null, timeline = null, lastVerdicts = '';

  // Nothing is ever parsed as HTML: names and addresses may be anybody's.
  const setText = (node, text) => { if (node.textContent !== text) node.textContent = text; };
  const setAttributes = (node, attributes) => {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === undefined || value === null) node.removeAttribute(name);
      else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
    }
    return node;
  };
  const el = (tag, attributes = {}, ...children) => {
    const node = setAttributes(document.createElement(tag), attributes);
    node.append(...children);
    return node;
  };
  const svg = (tag, attributes = {}, ...children) => {
    const node = setAttributes(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes);
    node.append(...children);
    return node;
  };
  const fit = (text, width) => {
    const most = Math.max(3, Math.floor(width / 6.8));
    return text.length <= most ? text : text.slice(0, most - 1) + '…';
  };
  const label = (x, y, text, width, kind = '') => svg('text', { x, y, class: kind }, fit(text, width));
  // Of an address the end is what tells it from others: the port.
  const fitEnd = (text, width) => {
    const most = Math.max(3, Math.floor(width / 6.8));
    return text.length <= most ? text : '…' + text.slice(1 - most);
  };

  // Rows by key: what is there stays, so that neither focus nor an open detail is lost each second.
  const rows = (body, items, keyOf, cellsOf) => {
    const known = new Map([...body.children].map(row => [row.dataset.key, row]));
    items.forEach((item, index) => {
      const key = keyOf(item, index);
      let row = known.get(key);
      known.delete(key);
      if (!row) { row = el('tr'); row.dataset.key = key; }
      cellsOf(item).forEach((cell, at) => {
        const { text, kind, code } = typeof cell === 'object' ? cell : { text: String(cell) };
        let td = row.children[at];
        if (!td) { td = el('td'); row.append(td); }
        if (code) {
          let inner = td.firstElementChild;
          if (!inner) { inner = el('code'); td.replaceChildren(inner); }
          setText(inner, text);
        } else setText(td, text);
        setAttributes(td, { class: kind });
      });
      if (body.children[index] !== row) body.insertBefore(row, body.children[index] ?? null);
    });
    known.forEach(row => row.remove());
  };

  const seconds = s => s < 60 ? `${Math.floor(s)} s` : s < 3600 ? `${Math.floor(s / 60)} min` : s < 172800 ? `${Math.floor(s / 3600)} h` : `${Math.floor(s / 86400)} days`;
  const bytes = n => n < 1024 ? `${n} B` : n < 1048576 ? `${(n / 1024).toFixed(1)} KB` : n < 1073741824 ? `${(n / 1048576).toFixed(1)} MB` : `${(n / 1073741824).toFixed(1)} GB`;
  const micros = us => us === undefined ? '–' : us < 1000 ? `${us} µs` : us < 1000000 ? `${(us / 1000).toFixed(us < 10000 ? 1 : 0)} ms` : `${(us / 1000000).toFixed(1)} s`;
  const rate = n => n === 0 ? '0' : n < 10 ? n.toFixed(1) : String(Math.round(n));
  const kindOf = d => d.state === 'down' ? 'bad' : d.state === 'suspect' || d.state === 'draining' ? 'warn' : d.state === 'disabled' ? 'idle' : d.active ? 'good' : 'idle';
  const figuresOf = (cluster, destination) => {
    const minute = state.figures.find(f => f.cluster === cluster);
    return minute?.destinations.find(d => d.name === destination) ?? {};
  };
  // What clients have felt within the last seconds.
  const feltIn = cluster => {
    const minute = state.figures.find(f => f.cluster === cluster), ended = Object.entries(minute?.ended ?? {});
    const all = ended.reduce((sum, [, n]) => sum + n, 0), bad = ended.filter(([outcome, n]) => outcome !== 'completed' && n > 0);
    const failed = bad.reduce((sum, [, n]) => sum + n, 0);
    const parts = [`${all} connections ended${all && !failed ? ', all in order' : ''}`];
    if (failed) parts.push(`${failed} of them not in order (${bad.map(([outcome, n]) => `${n} ${outcome}`).join(', ')})`);
    if (minute?.fallThroughs) parts.push(`the next destination was tried ${minute.fallThroughs} times`);
    return { failed, isQuiet: !all && !minute?.fallThroughs, text: `In the last ${Math.round(state.figureSeconds)} s: ${parts.join('; ')}.` };
  };
  const perSecond = n => state.figureSeconds > 0 ? (n ?? 0) / state.figureSeconds : 0;

  // The picture: clients, listeners, destinations, and the way that new connections take.
  const draw = (holder, cluster, words) => {
    const width = Math.max(280, Math.floor(holder.clientWidth));
    const listeners = state.status.listeners.filter(l => l.cluster === cluster.name);
    const facts = JSON.stringify([width, listeners, cluster.destinations.map(d => [d.name, d.address, d.state, d.active, d.connections])]);
    if (holder.dataset.drawn === facts) return;
    holder.dataset.drawn = facts;
    const isNarrow = width < 560, gap = isNarrow ? 22 : 90, box = Math.floor((width - 2 * gap) / 3), high = 56, step = high + 14;
    const count = Math.max(cluster.destinations.length, listeners.length, 1), height = count * step;
    const middle = (index, of) => (height - of * step) / 2 + index * step + step / 2;
    const id = `picture-${cluster.name}`;
    const picture = svg('svg', { viewBox: `0 0 ${width} ${height}`, height, role: 'img', 'aria-labelledby': `${id}-title` },
      svg('title', { id: `${id}-title` }, `${cluster.name}: ${words.sentence} ${words.destinations.map(d => `${d.name}: ${d.sentence}`).join(' ')}`));
    const curve = (x1, y1, x2, y2, kind) => svg('path', { class: `path ${kind}`, d: `M${x1} ${y1} C${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2} ${x2} ${y2}` });
    const hasActive = cluster.destinations.some(d => d.active);
    const center = middle(0, 1);
    listeners.forEach((l, i) => {
      const y = middle(i, listeners.length);
      picture.append(curve(box, center, box + gap, y, l.listening ? 'active' : 'down'));
      cluster.destinations.forEach((d, j) =>
        picture.append(curve(2 * box + gap, y, 2 * (box + gap), middle(j, cluster.destinations.length), d.active && l.listening ? 'active' : d.state === 'down' ? 'down' : '')));
    });
    const put = (x, y, kind, name, ...lines) => {
      picture.append(svg('rect', { class: `box ${kind}`, x, y: y - high / 2, width: box, height: high, rx: 6 }));
      picture.append(label(x + 8, y - 10, name, box - 12, 'name'));
      lines.forEach((line, i) => picture.append(label(x + 8, y + 7 + 14 * i, line, box - 12, 'small')));
    };
    const open = listeners.reduce((sum, l) => sum + l.connections, 0);
    put(0, center, '', 'Clients', `${open} open`, isNarrow ? '' : 'connections');
    listeners.forEach((l, i) => put(box + gap, middle(i, listeners.length), l.listening ? hasActive ? 'good' : 'bad' : 'bad', l.name, fitEnd(l.endpoint, box - 12), l.listening ? 'listens' : 'does not listen'));
    cluster.destinations.forEach((d, i) => put(2 * (box + gap), middle(i, cluster.destinations.length), kindOf(d), d.name, `${d.state}${d.active ? ', active' : ''}`, `${d.connections} open`));
    holder.replaceChildren(picture);
  };

  const card = cluster => {
    const id = `cluster-${cluster.name}`;
    let node = document.getElementById(id);
    if (node) return node;
    const table = el('table', {},
      el('caption', { class: 'hidden' }, `Destinations of ${cluster.name}`),
      el('thead', {}, el('tr', {}, ...['Destination', 'State', 'Why', 'Open', 'New a second', 'Wait (median, longest)', 'Call (median, 99 %)', 'In a second', 'Out a second', 'Last proven', 'Proven by', 'Address', 'A command for it']
        .map(text => el('th', { scope: 'col' }, text)))), el('tbody'));
    node = el('article', { class: 'card', id, 'aria-labelledby': `${id}-name` },
      el('h3', { id: `${id}-name` }, cluster.name), el('p', { class: 'verdict' }), el('p', { class: 'felt muted' }), el('div', { class: 'picture' }), el('ul', { class: 'next' }),
      el('details', { open: '' }, el('summary', {}, `${cluster.name} as a table`),
        el('div', { class: 'scroll', role: 'region', 'aria-label': `table of ${cluster.name}`, tabindex: 0 }, table)));
    $('cluster-list').append(node);
    return node;
  };

  const showClusters = () => {
    const names = new Set(state.status.clusters.map(c => `cluster-${c.name}`));
    [...$('cluster-list').children].filter(node => !names.has(node.id)).forEach(node => node.remove());
    state.status.clusters.forEach(cluster => {
      const words = state.words.find(w => w.name === cluster.name), node = card(cluster);
      const verdict = node.querySelector('.verdict');
      setText(verdict, words.sentence);
      setAttributes(verdict, { class: `verdict ${!cluster.active ? 'bad' : cluster.active === cluster.destinations[0].name ? 'good' : 'warn'}` });
      const felt = feltIn(cluster.name);
      setText(node.querySelector('.felt'), felt.text);
      setAttributes(node.querySelector('.felt'), { class: `felt ${felt.failed ? 'bad' : 'muted'}` });
      node.querySelector('.felt').hidden = felt.isQuiet;
      draw(node.querySelector('.picture'), cluster, words);
      const next = node.querySelector('.next');
      cluster.destinations.forEach((d, i) => {
        const w = words.destinations.find(x => x.name === d.name), f = figuresOf(cluster.name, d.name);
        if (!next.children[i]) next.append(el('li', {}, el('strong'), el('span'), el('span', { class: 'muted' }), el('code')));
        const [name, why, figures, command] = next.children[i].children;
        setText(name, d.name);
        setAttributes(name, { class: kindOf(d) });
        setText(why, w.sentence);
        setText(figures, `${d.state} for ${seconds(d.secondsInState)}, ` + (f.connected ? `${rate(perSecond(f.connected))} new a second, wait ${micros(f.wait?.[0])}, call ${micros(f.call?.[0])}` : 'no new connection'));
        setText(command, w.command ?? '');
        command.hidden = !w.command;
      });
      while (next.children.length > cluster.destinations.length) next.lastChild.remove();
      rows(node.querySelector('tbody'), cluster.destinations, d => d.name, d => {
        const f = figuresOf(cluster.name, d.name), w = words.destinations.find(x => x.name === d.name);
        return [d.name, { text: `${d.state} for ${seconds(d.secondsInState)}`, kind: kindOf(d) }, { text: w.sentence, kind: 'wide' }, d.connections, rate(perSecond(f.connected)),
          `${micros(f.wait?.[0])}, ${micros(f.wait?.[2])}`, `${micros(f.call?.[0])}, ${micros(f.call?.[1])}`, bytes(Math.round(perSecond(f.in))), bytes(Math.round(perSecond(f.out))),
          d.lastProven ? `${seconds((new Date(state.now) - new Date(d.lastProven)) / 1000)} ago` : 'never', w.provenBy, [d.address, ...d.resolved].filter((a, i, all) => all.indexOf(a) === i).join(', '), { text: w.command ?? '–', code: true }];
      });
    });
    const verdicts = state.words.map(w => `${w.name}: ${w.sentence}`).join(' ');
    if (lastVerdicts && verdicts !== lastVerdicts) setText($('news'), verdicts);
    lastVerdicts = verdicts;
  };

  // With many clusters: which ones need a look, the worst first.
  const showOverview = () => {
    const clusters = state.status.clusters, list = $('overview');
    const worse = clusters.filter(c => c.active !== c.destinations[0].name).sort((a, b) => !!a.active - !!b.active);
    const facts = JSON.stringify([clusters.length, worse.map(c => [c.name, c.active])]);
    if (list.dataset.drawn === facts) return;
    list.dataset.drawn = facts;
    list.hidden = clusters.length < 2;
    setAttributes(list, { class: worse.length === 0 ? 'good' : worse.some(c => !c.active) ? 'bad' : 'warn' });
    list.replaceChildren(worse.length === 0 ? `All ${clusters.length} clusters are on their first destination.` : `Not on the first destination (${worse.length} of ${clusters.length} clusters): `,
      ...worse.flatMap((c, i) => [i ? ', ' : '', el('a', { href: `#cluster-${encodeURIComponent(c.name)}` }, c.name), c.active ? ` (on ${c.active})` : ' (none can be used)']));
  };

  const loud = /^(destination_down|failover|all_down|listener_lost|sessions_cut|internal_fault|certificate_(refused|fault)|configuration_refused|accept_)/;
  const showEvents = () => {
    const list = $('events'), items = state.events;
    const keys = items.map(e => `${e.at} ${e.text}`);
    if (list.dataset.first !== keys[0] || list.children.length !== items.length) {
      list.dataset.first = keys[0] ?? '';
      list.replaceChildren(...items.map(e => el('li', {}, el('time', { datetime: e.at }, whenOf(e.at)), el('span', { class: loud.test(e.kind) ? 'bad' : '' }, e.text))));
    }
    $('no-events').hidden = items.length > 0;
  };

  const showTables = () => {
    rows($('certificates'), state.certificates, c => `${c.owner} ${c.subject} ${c.key} ${c.notAfter}`, c => [
      { text: c.daysLeft < 0 ? 'expired' : String(c.daysLeft), kind: c.daysLeft < 14 ? 'bad' : c.daysLeft < 30 ? 'warn' : 'good' }, c.owner, c.subject, c.key, whenOf(c.notAfter)]);
    $('no-certificates').hidden = state.certificates.length > 0;
    rows($('sessions'), state.sessions, s => `${s.listener} ${s.client} ${s.since}`, s => [
      s.client, s.listener, s.destination ? `${s.cluster}/${s.destination}` : '–', s.process ? `${s.state} (old process ${s.process})` : s.state, seconds(s.seconds), seconds(s.quietSeconds), bytes(s.bytesIn), bytes(s.bytesOut)]);
    const open = [...state.status.listeners, ...state.status.predecessors].reduce((sum, l) => sum + l.connections, 0);
    setText($('sessions-note'), open > state.sessions.length ? `${open} are open; these are the oldest ${state.sessions.length}.` : state.sessions.length === 0 ? 'No connection is open.' : '');
  };

  const show = () => {
    if (!state) return;
    setText($('about'), `version ${state.status.version}, ${state.status.engine} engine, ${state.status.ready ? 'ready' : 'NOT READY'}, started ${whenOf(state.status.startedAt)}`);
    document.title = `${state.words.every((w, i) => state.status.clusters[i]?.active === state.status.clusters[i]?.destinations[0].name) ? '' : '⚠ '}HaProxyNet`;
    setAttributes($('about'), { class: state.status.ready ? null : 'bad' });
    showOverview();
    showClusters();
    showEvents();
    showTables();
  };

  // The time line of one cluster: who was active, what happened, how many connections, how many of them failed.
  const drawLine = (holder, line) => {
    const width = Math.max(280, Math.floor(holder.clientWidth)), height = 112, from = +new Date(timeline.from), to = +new Date(timeline.to);
    const x = at => Math.min(width, Math.max(0, (+new Date(at) - from) / (to - from) * width));
    const order = state?.status.clusters.find(c => c.name === line.cluster)?.destinations.map(d => d.name) ?? [];
    const kindOf = s => !s.runs ? 'span-off' : !s.active ? 'span-none' : `span-${Math.min(2, Math.max(0, order.indexOf(s.active)))}`;
    const picture = svg('svg', { viewBox: `0 0 ${width} ${height}`, height, role: 'img', 'aria-label': `${line.cluster}, the last 24 hours; the table below says the same` });
    picture.append(svg('rect', { class: 'span-off', x: 0, y: 14, width, height: 18 }));
    line.spans.forEach(s => picture.append(svg('rect', { class: kindOf(s), x: x(s.from), y: 14, width: Math.max(1.5, x(s.to) - x(s.from)), height: 18 },
      svg('title', {}, `${whenOf(s.from)} to ${whenOf(s.to)}: ${!s.runs ? 'the proxy did not run' : s.active ?? 'no destination'}`))));
    [...line.marks, ...timeline.marks].forEach(m => picture.append(svg('path', { class: 'mark', d: `M${x(m.at)} 8 V38` }, svg('title', {}, `${whenOf(m.at)} ${m.text}`))));
    const most = Math.max(1, ...line.buckets.map(b => b.connections)), part = width / line.buckets.length, base = 92, room = 46;
    line.buckets.forEach((b, i) => {
      if (b.connections === 0) return;
      const all = Math.max(1, b.connections / most * room), failed = b.failed === 0 ? 0 : Math.max(2, b.failed / most * room);
      picture.append(svg('rect', { class: 'bar', x: i * part, y: base - all, width: Math.max(1, part - 1), height: all },
        svg('title', {}, `${b.connections} connections, ${b.failed} not in order, longest wait ${b.longestWaitMs} ms`)));
      if (failed) picture.append(svg('rect', { class: 'bar bad', x: i * part, y: base - failed, width: Math.max(1, part - 1), height: failed }));
    });
    picture.append(svg('path', { class: 'axis', d: `M0 ${base} H${width}` }));
    const busiest = Math.max(0, ...line.buckets.map(b => b.connections));
    if (busiest) picture.append(svg('text', { class: 'small', x: 0, y: 48 }, `up to ${busiest} connections in ${seconds((to - from) / line.buckets.length / 1000)}`));
    // Where two marks would bear the same minute, they have seconds.
    const ticks = width < 560 ? 4 : 8, tickOf = (to - from) / ticks < 60000 ? clockOf : hourOf;
    for (let i = 0; i <= ticks; i++) {
      const at = from + (to - from) * i / ticks;
      picture.append(svg('text', { class: 'small', x: width * i / ticks, y: height - 4, 'text-anchor': i === 0 ? 'start' : i === ticks ? 'end' : 'middle' }, tickOf.format(new Date(at))));
    }
    holder.replaceChildren(picture);
  };

  const legend = line => {
    const order = state?.status.clusters.find(c => c.name === line.cluster)?.destinations.map(d => d.name) ?? [];
    const item = (kind, text) => el('li', {}, svg('svg', { viewBox: '0 0 12 12', 'aria-hidden': 'true' }, svg('rect', { class: kind, width: 12, height: 12 })), text);
    return el('ul', { class: 'legend' }, ...order.slice(0, 3).map((name, i) => item(`span-${i}`, `${name} active`)), item('span-none', 'none could be used'), item('span-off', 'the proxy did not run, or nothing is known'), item('bar', 'connections'), item('bar bad', 'not in order'),
      el('li', {}, svg('svg', { viewBox: '0 0 12 12', 'aria-hidden': 'true' }, svg('path', { class: 'mark', d: 'M6 0 V12' })), 'an event'));
  };

  const showTimeline = () => {
    if (!timeline) return;
    const holder = $('timelines');
    const wasOpen = new Set([...holder.querySelectorAll('details[open]')].map(d => d.dataset.cluster));
    const focused = document.activeElement?.closest?.('#timelines details')?.dataset.cluster;
    holder.replaceChildren(...timeline.clusters.map(line => {
      const entries = [
        ...line.spans.map(s => [s.from, !s.runs ? 'The proxy does not run.' : s.active ? `${s.active} is active.` : 'No destination can be used.', s.to]),
        ...line.marks.map(m => [m.at, m.text, null]), ...timeline.marks.map(m => [m.at, m.text, null])].sort((a, b) => new Date(a[0]) - new Date(b[0]));
      const body = el('tbody', {}, ...entries.map(([at, text, until]) => el('tr', {}, el('td', {}, whenOf(at)), el('td', {}, until ? whenOf(until) : ''), el('td', { class: 'wide' }, text))));
      const details = el('details', { 'data-cluster': line.cluster }, el('summary', {}, `${line.cluster}, the last 24 hours as a table`),
        el('div', { class: 'scroll', role: 'region', 'aria-label': `${line.cluster}, table of the last 24 hours`, tabindex: 0 }, el('table', {},
          el('thead', {}, el('tr', {}, ...['From', 'To', 'What'].map(text => el('th', { scope: 'col' }, text)))), body)));
      details.open = wasOpen.has(line.cluster);
      return el('article', { class: 'card', 'aria-label': `${line.cluster}, the last 24 hours` }, el('h3', {}, line.cluster), el('div', { class: 'line' }), legend(line), details);
    }));
    [...holder.querySelectorAll('.line')].forEach((node, i) => drawLine(node, timeline.clusters[i]));
    if (focused) holder.querySelector(`details[data-cluster="${CSS.escape(focused)}"] summary`)?.focus();
    setText($('timeline-note'), timeline.clusters.length === 0 ? 'Nothing is known yet.' : timeline.isCut ? 'There was more than this page takes; the oldest part is left out.'
      : new Date(timeline.to) - new Date(timeline.from) < 86000000 ? `The history begins at ${whenOf(timeline.from)}, or later.` : '');
  };

  // A page that stands still must not look like one that is live.
  const tell = (text, isStale) => {
    setText($('link'), text);
    setAttributes($('link'), { class: isStale ? 'stale' : null });
    document.documentElement.classList.toggle('is-stale', isStale);
  };

  const connect = () => {
    const source = new EventSource('/page/events');
    source.addEventListener('open', () => tell('live', false));
    source.addEventListener('state', message => { const first = !state; state = JSON.parse(message.data); show(); if (first) showTimeline(); });
    source.addEventListener('timeline', message => { timeline = JSON.parse(message.data); showTimeline(); });
    source.addEventListener('error', () => {
      tell(state ? `No connection to the proxy. This is how it was at ${clockOf.format(new Date(state.now))}.` : 'No connection to the proxy.', true);
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, 3000);
    });
  };
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) setText($('zone'), `Times on this page are those of your time zone (${zone}). Times in the log are UTC.`);
  let waiting = 0;
  addEventListener('resize', () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(() => { show(); showTimeline(); }); });
  connect();
})();
