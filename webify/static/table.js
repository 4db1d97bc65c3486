/* Tables of the output: menus that close, filters that fold, columns that are remembered, a head
   that stays in view, charts. The server sorts, searches and pages; nothing here knows how. */
(function () {
  'use strict';
  var W = window.webify, $ = W.$, $$ = W.$$;
  var phone = matchMedia('(max-width:767.98px)');
  function cardOf(el) { return el.closest('[data-tablecard]'); }
  function part(card, name) { return document.getElementById(card.id + '-' + name); }
  function get(url, target, swap) { return window.htmx.ajax('GET', url, { target: target, swap: swap }); }

  /* menus: one is open at a time; Escape gives the focus back */
  function shut(except) { $$('details.menu[open]').forEach(function (menu) { if (menu !== except) menu.open = false; }); }
  document.addEventListener('click', function (ev) { shut(ev.target.closest('details.menu')); });
  document.addEventListener('focusin', function (ev) { if (!ev.target.closest('details.menu')) shut(null); });
  document.addEventListener('keydown', function (ev) {
    var menu = ev.key === 'Escape' && ev.target.closest('details.menu[open]');
    if (menu) { ev.preventDefault(); menu.open = false; $('summary', menu).focus(); }
  });
  W.on('click', '.menu .menuitem', function () { shut(null); });

  /* filters: the same link opens and shuts them */
  function fold(panel) { panel.replaceChildren(); settle(cardOf(panel)); }
  document.addEventListener('click', function (ev) {
    if (ev.ctrlKey || ev.metaKey || ev.shiftKey || !ev.target.closest) return;
    var link = ev.target.closest('.filterlink'), end = ev.target.closest('[data-shuts]');
    var panel = link ? document.getElementById(link.getAttribute('aria-controls')) : end && $(end.dataset.shuts);
    if (!panel || !panel.childElementCount) return;
    ev.preventDefault();
    ev.stopPropagation();
    fold(panel);
    part(cardOf(panel), 'filters').focus();
  }, true);
  /* what was typed may hold a fault, and a filter may be taken off from outside */
  function renew(card) {
    var panel = part(card, 'panel'), link = part(card, 'filters');
    return get(link.getAttribute('hx-get'), panel, 'innerHTML');
  }
  document.addEventListener('htmx:after:swap', function (ev) {
    var ctx = ev.detail.ctx, target = ctx.target, source = ctx.sourceElement;
    var card = target && target.id && document.getElementById(target.id.replace(/-(rows|panel|chart)$/, ''));
    $$('[data-tablecard]').forEach(settle);
    if (target && /^(blocks|reread-\d+)$/.test(target.id)) begin();
    if (!card || !/-rows$/.test(target.id)) return;
    var form = part(card, 'filter'), faults = part(card, 'rows').dataset.faults;
    var stale = form ? form.dataset.faults !== faults || refilters : faults !== '0';
    refilters = false;
    if (stale) renew(card);
    if (source && source.matches('.newrows')) card.dataset.unseen = 0;
  });
  var refilters = false;
  W.on('click', 'a[data-refilter]', function () { refilters = true; });
  W.on('change', 'select[data-refilter]', function () { refilters = true; });

  /* columns: the choice is kept for each tool; a phone begins with fewer */
  function boxes(card) { return $$('.picks input', card); }
  function known(card) { try { return JSON.parse(localStorage.getItem(card.dataset.memory) || 'null'); } catch (e) { return null; } }
  function keep(card) {
    var off = boxes(card).filter(function (box) { return !box.checked; }).map(function (box) { return box.dataset.name; });
    try { localStorage.setItem(card.dataset.memory, JSON.stringify(off)); } catch (e) { /* storage blocked */ }
  }
  W.on('change', '.picks input', function (box) { $$('[data-past]', cardOf(box)).forEach(function (each) { delete each.dataset.past; }); keep(cardOf(box)); });
  W.on('input', '[data-pick]', function (box, ev) {
    var words = box.value.toLowerCase();
    ev.stopPropagation();
    $$('.form-check', box.closest('form')).forEach(function (check) { check.hidden = check.textContent.toLowerCase().indexOf(words) < 0; });
  });
  W.on('click', '[data-show-all]', function (b) {
    var card = cardOf(b);
    boxes(card).forEach(function (box) { box.checked = true; delete box.dataset.past; });
    keep(card);
  });
  function recall(card) {
    var off = !card.hasAttribute('data-chosen') && known(card), form = part(card, 'columns-form'), moved = false;
    if (!off) return;
    boxes(card).forEach(function (box) {
      var on = box.disabled || off.indexOf(box.dataset.name) < 0;
      if (on !== box.checked) moved = true;
      box.checked = on;
    });
    if (!moved) return;
    get(form.getAttribute('hx-get') + '?' + new URLSearchParams(new FormData(form)), part(card, 'rows'), 'outerHTML');
  }

  /* a large table says that it is being sorted */
  document.addEventListener('htmx:before:request', function (ev) {
    var ctx = ev.detail.ctx, source = ctx.sourceElement;
    if (source && source.matches('.sort,.onphone') && ctx.target) ctx.target.classList.add('sorts');
  });

  /* after each change: the head, the link of the filters, the boxes of a phone */
  function settle(card) {
    var wrap = $('.tblwrap', card), grid = wrap && $('table', wrap), panel = part(card, 'panel'), link = part(card, 'filters');
    if (!grid) return;
    wrap.classList.remove('wide');
    var fits = grid.scrollWidth <= wrap.clientWidth;
    wrap.classList.toggle('fits', fits);
    wrap.classList.toggle('wide', !fits);
    if (link) link.setAttribute('aria-expanded', panel.childElementCount > 0);
    if (phone.matches) $$('[data-past]', card).forEach(function (box) { box.checked = false; });
  }
  document.addEventListener('webify:refilled', function (ev) { settle(ev.target); });
  addEventListener('resize', function () { $$('[data-tablecard]').forEach(settle); });
  phone.addEventListener('change', function () { $$('[data-past]').forEach(function (box) { box.checked = !phone.matches; }); });

  /* charts: the library is fetched when the first one is opened */
  var fetched = null;
  function library(address) {
    fetched = fetched || new Promise(function (done, fail) {
      var script = document.createElement('script');
      script.src = address;
      script.onload = done;
      script.onerror = function () { fetched = null; script.remove(); fail(); };
      document.head.appendChild(script);
    });
    return fetched;
  }
  function view(card, name) {
    $$('[data-view]', card).forEach(function (b) { b.setAttribute('aria-pressed', b.dataset.view === name); });
    part(card, 'main').hidden = name !== 'main';
    part(card, 'chart').hidden = name !== 'chart';
  }
  W.on('click', '[data-view]', function (b) {
    var card = cardOf(b), box = part(card, 'chart');
    view(card, b.dataset.view);
    if (b.dataset.view === 'chart') { get(b.dataset.fetch, box, 'innerHTML'); return; }
    if (box.drawn) { box.drawn.destroy(); box.drawn = null; }
    box.replaceChildren();
    var address = new URL(location.href);
    address.searchParams.delete(card.id.replace('table-', '') + '.chart');
    history.replaceState(history.state, '', address);
    settle(card);
  });
  function draw(box) {
    var canvas = $('canvas', box), button = $('[data-view=chart]', cardOf(box));
    if (!canvas) return;
    library(button.dataset.script).then(function () {
      if (!canvas.isConnected) return;
      if (box.drawn) box.drawn.destroy();
      window.Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
      box.drawn = new window.Chart(canvas, drawing(JSON.parse(canvas.dataset.chart)));
      canvas.dataset.ink = token('--w-accent');
    }, function () { W.say('The server cannot be reached'); });
  }
  function token(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }
  function short(text) { return text.length > 32 ? text.slice(0, 31) + '…' : text || 'empty'; }
  function drawing(data) {
    var across = data.kind === 'across', line = data.kind === 'line', points = data.kind === 'scatter', ink = token('--w-accent');
    var grid = { color: token('--w-line') }, none = { display: false }, ticks = { color: token('--w-muted') };
    var named = { color: ticks.color, autoSkip: !across || data.labels.length > 40, callback: function (value) { return short(this.getLabelForValue(value)); } };
    var values = { beginAtZero: !line && !points, grid: grid, border: none, ticks: ticks, title: { display: true, text: data.name, color: ticks.color } };
    var labels = points ? { grid: grid, border: none, ticks: ticks, title: { display: true, text: data.across, color: ticks.color } }
      : { grid: none, border: none, ticks: named };
    if (across) values.title.display = false;
    return {
      type: points ? 'scatter' : line ? 'line' : 'bar',
      data: {
        labels: points ? undefined : data.labels,
        datasets: [{
          label: data.name,
          data: points ? data.xs.map(function (x, i) { return { x: x, y: data.points[i] }; }) : data.points,
          backgroundColor: ink, borderColor: ink, borderRadius: 4, borderWidth: line ? 2 : 0, maxBarThickness: 38,
          pointRadius: data.points.length > 200 ? 1.5 : 3, tension: 0
        }]
      },
      options: {
        indexAxis: across ? 'y' : 'x', animation: false, responsive: true, maintainAspectRatio: false,
        plugins: { legend: { display: false } },
        scales: across ? { x: values, y: labels } : { x: labels, y: values }
      }
    };
  }
  /* rows that arrive move the open chart; what is chosen in it stays */
  var moved = 0;
  document.addEventListener('webify:refilled', function (ev) {
    var box = part(ev.target, 'chart'), canvas = box && $('canvas', box);
    if (!canvas || box.hidden || !box.drawn || Date.now() - moved < 1000) return;
    moved = Date.now();
    fetch($('[data-view=chart]', ev.target).dataset.fetch, { headers: { 'HX-Request': 'true', 'HX-Current-URL': location.href } })
      .then(function (r) { return r.ok ? r.text() : ''; })
      .then(function (html) {
        var some = document.createElement('template');
        some.innerHTML = html;
        var fresh = $('canvas', some.content);
        if (!fresh || !canvas.isConnected || fresh.dataset.chart === canvas.dataset.chart) return;
        canvas.dataset.chart = fresh.dataset.chart;
        canvas.setAttribute('aria-label', fresh.getAttribute('aria-label'));
        var now = drawing(JSON.parse(fresh.dataset.chart));
        box.drawn.data = now.data;
        box.drawn.options = now.options;
        box.drawn.update('none');
      }, function () {});
  });
  function redraw() { $$('.chartbox').forEach(draw); }
  document.addEventListener('htmx:after:swap', function (ev) { var target = ev.detail.ctx.target; if (target && /-chart$/.test(target.id)) draw(target); });
  document.addEventListener('webify:theme', redraw);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);

  /* on paper all rows stand, however the printing was begun */
  addEventListener('beforeprint', function () {
    $$('[data-tablecard] .rows').forEach(function (now) {
      if (+now.dataset.matched <= $$('tbody tr', now).length || now.closest('[role=tabpanel][hidden]')) return;
      var ask = new XMLHttpRequest(), all = document.createElement('template');
      ask.open('GET', now.dataset.all + (now.dataset.all.indexOf('?') < 0 ? '?' : '&') + 'all=1', false);
      ask.setRequestHeader('HX-Request', 'true');
      ask.setRequestHeader('HX-Current-URL', location.href);
      try { ask.send(); } catch (e) { return; }
      all.innerHTML = ask.status === 200 ? ask.responseText : '';
      var rows = $('.rows', all.content);
      if (!rows) return;
      now.replaceWith(rows);
      addEventListener('afterprint', function () { rows.replaceWith(now); }, { once: true });
    });
  });

  function begin() {
    $$('[data-tablecard]').forEach(function (card) {
      settle(card);
      recall(card);
      if (card.hasAttribute('data-charted')) { card.removeAttribute('data-charted'); $('[data-view=chart]', card).click(); }
    });
  }
  document.addEventListener('webify:cards', begin);
  if (document.readyState === 'complete') begin(); else addEventListener('load', begin);
})();
