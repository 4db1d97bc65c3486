/* The form of a tool: lists that grow, steppers, boxes that appear, and the picture of the command.
   The picture is for the eye only: the server builds the argument list itself. */
(function () {
  'use strict';
  var W = window.webify, $ = W.$, $$ = W.$$, form = $('#f');

  /* many commands: the one of this page is in view, and the list narrows while you type */
  var commands = $('.cmds ul'), chosen = commands && $('[aria-current]', commands);
  if (chosen) {
    var frame = commands.getBoundingClientRect(), own = chosen.getBoundingClientRect();
    commands.scrollTop += own.top - frame.top - (frame.height - own.height) / 2;
    commands.scrollLeft += own.left - frame.left - (frame.width - own.width) / 2;
  }
  W.on('input', '[data-commands]', function (box) {
    var words = box.value.trim().toLowerCase().split(/\s+/);
    $$('.cmds li').forEach(function (li) { li.hidden = !words.every(function (w) { return li.textContent.toLowerCase().indexOf(w) > -1; }); });
  });
  if (!form) return;
  var changed = function (el) { el.dispatchEvent(new Event('change', { bubbles: true })); };

  /* lists: every box has the same name, so they post without this file too */
  function boxes(li) { return $$('input,select,textarea', li); }
  function relabel(list) {
    $$('li', list).forEach(function (li, i) {
      boxes(li).forEach(function (box) { box.setAttribute('aria-label', box.getAttribute('aria-label').replace(/\d+$/, '') + (i + 1)); });
      $('[data-del]', li).setAttribute('aria-label', 'Remove ' + list.dataset.list + ' ' + (i + 1));
    });
  }
  var made = 0;
  function add(list, after, value) {
    var ul = $('ul', list), li = $('li', ul).cloneNode(true);
    boxes(li).forEach(function (box, i) {
      box.value = i === 0 && value ? value : '';
      box.id = box.id.replace(/-\d+$/, '') + '-new' + (++made);
      box.removeAttribute('aria-invalid');
    });
    if (after) after.after(li); else ul.appendChild(li);
    relabel(list);
    boxes(li)[0].focus();
    changed(list);
    return li;
  }
  $$('.listed .no-js-only').forEach(function (li) { li.remove(); });
  form.addEventListener('click', function (ev) {
    var list = ev.target.closest('[data-list]'); if (!list) return;
    if (ev.target.closest('[data-add]')) add(list);
    var del = ev.target.closest('[data-del]'); if (!del) return;
    var li = del.closest('li'), next = li.nextElementSibling || li.previousElementSibling;
    if (next) { li.remove(); boxes(next)[0].focus(); } else { boxes(li).forEach(function (box) { box.value = ''; }); boxes(li)[0].focus(); }
    relabel(list);
    changed(list);
  });
  form.addEventListener('keydown', function (ev) {
    if (ev.key !== 'Enter' || ev.ctrlKey || ev.metaKey) return;
    var list = ev.target.closest('[data-list]');
    if (list && ev.target.matches('input')) { ev.preventDefault(); add(list, ev.target.closest('li')); }
  });
  /* wherever they are on the page, as the form says, but for another form or a dialog */
  document.addEventListener('keydown', function (ev) {
    var inside = ev.target.closest('form, dialog'), run = $('.runbar .btn-primary', form);
    if (ev.key !== 'Enter' || !(ev.ctrlKey || ev.metaKey) || (inside && inside !== form)) return;
    ev.preventDefault();
    if (!run || !run.disabled) form.requestSubmit(run);
  });
  form.addEventListener('paste', function (ev) {
    var list = ev.target.closest('[data-list]');
    if (!list || !ev.target.matches('input') || list.querySelector('.wide')) return;
    var text = (ev.clipboardData || window.clipboardData).getData('text');
    if (!/[\n,;\t]/.test(text)) return;
    var parts = text.split(/[\n,;\t]+/).map(function (s) { return s.trim(); }).filter(Boolean), li = ev.target.closest('li');
    ev.preventDefault();
    ev.target.value = parts.shift() || '';
    parts.forEach(function (part) { li = add(list, li, part); });
    changed(list);
    W.say(parts.length + 1 + ' values pasted');
  });

  /* counters */
  form.addEventListener('click', function (ev) {
    var b = ev.target.closest('[data-by]'); if (!b) return;
    var box = $('input', b.closest('.stepper'));
    var value = (+box.value || 0) + +b.dataset.by;
    box.value = Math.max(0, Math.min(+box.dataset.most, value));
    changed(box);
  });

  /* a date that is not whole would be sent as an empty one, and the default taken */
  form.addEventListener('formdata', function (ev) {
    $$('input', form).forEach(function (box) { if (box.name && box.validity.badInput) ev.formData.append(box.name, 'incomplete'); });
  });

  /* choices that own a follow-up box */
  function reveal() {
    $$('[data-reveals]', form).forEach(function (choice) {
      var more = $(choice.dataset.reveals); if (more) more.hidden = !choice.checked;
    });
  }

  /* long lists of check boxes */
  form.addEventListener('input', function (ev) {
    if (!ev.target.matches('[data-narrow]')) return;
    var words = ev.target.value.toLowerCase();
    $$('.form-check', $(ev.target.dataset.narrow)).forEach(function (check) { check.hidden = check.textContent.toLowerCase().indexOf(words) < 0; });
  });

  /* a long form is searched: what does not match goes away, and folded sections open meanwhile */
  var find = $('[data-settings]', form);
  if (find) {
    var texted = null;
    find.addEventListener('input', function (ev) {
      ev.stopPropagation();
      var words = find.value.trim().toLowerCase().split(/\s+/).filter(Boolean), found = 0;
      texted = texted || $$('.field', form).map(function (el) { return [el, ($('.form-label,legend,.form-check-label', el) || el).textContent.toLowerCase() + ' ' + $$('.hint', el).map(function (h) { return h.textContent; }).join(' ').toLowerCase()]; });
      texted.forEach(function (each) {
        each[0].hidden = !words.every(function (w) { return each[1].indexOf(w) > -1; });
        if (!each[0].hidden) found++;
      });
      $$('fieldset.group', form).forEach(function (group) {
        var fold = group.closest('details.more'), part = fold || group;
        part.hidden = words.length > 0 && !$('.field:not([hidden])', group);
        if (fold && words.length) { if (!('was' in fold.dataset)) fold.dataset.was = fold.open ? '1' : ''; fold.open = true; }
        else if (fold && 'was' in fold.dataset) { fold.open = !!fold.dataset.was; delete fold.dataset.was; }
      });
      $('#narrowed').textContent = words.length ? found ? found + (found === 1 ? ' setting' : ' settings') : 'No setting matches' : '';
    });
    find.addEventListener('change', function (ev) { ev.stopPropagation(); });
    find.addEventListener('keydown', function (ev) {
      if (ev.key === 'Enter' && !ev.ctrlKey && !ev.metaKey) ev.preventDefault();
      if (ev.key === 'Escape' && find.value) { ev.preventDefault(); find.value = ''; find.dispatchEvent(new Event('input')); }
    });
  }

  var DOTS = '••••••';
  /* the picture of the command, in the order in which the server spells it */
  var preview = $('#preview');
  var full = function (text) { return text !== ''; };
  function quoted(text) { return text === '' ? "''" : /^[\w@%+=:,./-]+$/.test(text) ? text : "'" + text.replace(/'/g, "'\"'\"'") + "'"; }
  function word(kind, text) { var span = document.createElement('span'); span.className = kind; span.textContent = text; return span; }
  /* a moment in the first format of the tool that keeps its time of day */
  function moment(text, formats) {
    var found = /^(?:(\d{4})-(\d\d)-(\d\d))?(?:T?(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text);
    if (!found || !formats) return text;
    var parts = { Y: found[1], m: found[2], d: found[3], H: found[4] || '00', M: found[5] || '00', S: found[6] || '00' };
    var timed = +parts.H + +parts.M + +parts.S > 0, all = formats.split('\n');
    var format = all.filter(function (each) { return !timed || /%H/.test(each); })[0] || all[0];
    return /%[^YmdHMS]/.test(format) ? text : format.replace(/%(\w)/g, function (_, letter) { return parts[letter]; });
  }
  function value(box) {
    var timed = /^(datetime-local|time)$/.test(box.type) && /T?\d\d:\d\d$/.test(box.value);
    return box.value + (timed && box.value.split(':').length === 2 ? ':00' : '');
  }
  function texts(part, within) {
    var found = [], sent = $('.upload input', part);
    if (sent && sent.files.length) return Array.prototype.map.call(sent.files, function (f) { return f.name; });
    $$('input,select,textarea', within || part).forEach(function (box) {
      if (box.closest('[data-kind]') !== part || box.matches('[data-narrow],[data-reveals]') || box.matches('[type=radio]:not(:checked),[type=checkbox]:not(:checked)')) return;
      if (box.type === 'file') Array.prototype.forEach.call(box.files, function (f) { found.push(f.name); });
      else found.push.apply(found, part.dataset.kind === 'rest' || box.matches('.listed textarea') ? box.value.split('\n') : [value(box)]);
    });
    return found.filter(full);
  }
  /* the uses of one field, each as the values of one option; null where it stands bare */
  function uses(part) {
    var d = part.dataset, values = texts(part), only = part.matches('.inset'), box = $('[data-reveals]', part);
    if (part.matches('[data-choice]')) return !part.checked ? [] : d.kind === 'saved' ? [[d.file]] : [null];
    if (d.kind === 'saved') return $('input:not(:checked)', part) ? [] : [[d.file]];
    if (d.kind === 'secret') return values.length ? [values] : [];
    if (d.kind === 'flag') return values.length ? [null] : [];
    if (d.kind === 'count') return +values[0] || only ? [null] : [];
    if (d.kind === 'switch') return values.length || only ? [null] : [];
    if (d.bare && (box ? !box.checked : !only)) return [];
    if (d.bare && !values.length) return [null];
    if (!values.length || values.join('\n') === d.default) return [];
    var rows = $$('.listed.wide li', part);
    if (rows.length) return rows.map(function (li) { return texts(part, li); }).filter(function (use) { return use.length; });
    return d.join === ' ' || d.kind === 'positional' || d.kind === 'rest' ? [values] : values.map(function (each) { return [each]; });
  }
  function spelled(part, values) {
    var d = part.dataset, flag = d.flag || '', bits = [], times = +texts(part)[0] || 1;
    if (d.kind === 'count') flag = flag.length === 2 ? flag + flag[1].repeat(Math.min(98, times - 1)) : Array(Math.min(99, times)).fill(flag).join(' ');
    if (d.kind === 'switch' && texts(part)[0] === 'no') flag = d.negation;
    if (flag) bits.push(word('f', flag));
    (values || []).forEach(function (each, i) {
      var join = i ? ' ' : values.length === 1 && d.one || d.join || '';
      if (i || flag) bits.push(join === ' ' ? ' ' : word('f', join));
      bits.push(d.kind === 'secret' ? word('s', DOTS) : word('v', quoted(moment(each, d.formats))));
    });
    return bits;
  }
  /* the field as [depth, place, pieces, open, values of a positional] */
  function entries(part) {
    var d = part.dataset, at = (d.at || form.dataset.words.split(' ').length - 1 + '.999').split('.');
    return uses(part).map(function (values) {
      var plain = d.flag || d.negation ? null : values, open = d.open && (!values || values.length > 1 || !d.one && d.join === ' ');
      return { depth: +at[0], place: +at[1], bits: spelled(part, values), open: !!open, plain: plain, rest: d.kind === 'rest' };
    });
  }
  /* a secret that is no argument: what stands in its place */
  function handed(part, apart) {
    var by = part.dataset.by.split(':');
    if (!texts(part).length) return [];
    if (by[0] === 'env') { apart.env.push(by[1]); return []; }
    apart.stdin.push(DOTS);
    return by[1] ? [Object.assign(entries(part)[0], { place: -1, plain: null, open: false, bits: [word('f', by.slice(1).join(':'))] })] : [];
  }
  function dashed(text) { return form.dataset.prefix.indexOf(text[0]) > -1; }
  function draw() {
    var all = [], words = form.dataset.words.split(' '), apart = { env: [], stdin: [] };
    $$('[data-kind]', form).forEach(function (part) {
      var inset = part.closest('.inset');
      if (!inset || !inset.hidden) all.push.apply(all, part.dataset.by ? handed(part, apart) : entries(part));
    });
    all.sort(function (a, b) { return a.depth - b.depth || a.place - b.place; });
    preview.replaceChildren();
    apart.env.forEach(function (name) { preview.append(word('f', name + '='), word('s', DOTS), ' '); });
    words.forEach(function (name, depth) {
      var here = all.filter(function (each) { return each.depth === depth; }), last = depth === words.length - 1;
      var loose = function (each) { return each.rest && !('loose' in form.dataset) && each.plain.every(dashed); };
      var options = here.filter(function (each) { return !each.plain || loose(each); }), plain = here.filter(function (each) { return options.indexOf(each) < 0; });
      if (options.length && options[options.length - 1].open) options.sort(function (a, b) { return b.open - a.open; });
      var end = options[options.length - 1], apart = plain.some(function (each) { return each.plain.some(dashed); });
      preview.append(depth ? ' ' : '', word('p', name));
      options.forEach(function (each) { preview.append.apply(preview, [' '].concat(each.bits)); });
      if (last && form.dataset.prefix && plain.length && (apart || end && end.open)) preview.append(' --');
      plain.forEach(function (each) { preview.append.apply(preview, [' '].concat(each.bits)); });
    });
    if (apart.stdin.length) preview.append(' <<< ', word('s', apart.stdin.length > 1 ? "$'" + apart.stdin.join('\\n') + "'" : DOTS));
  }
  function refresh() { reveal(); if (preview) draw(); }
  form.addEventListener('input', refresh);
  form.addEventListener('change', refresh);
  form.addEventListener('reset', function () { setTimeout(function () { if (find) find.dispatchEvent(new Event('input')); refresh(); }); });
  refresh();

  /* answers that hold for all commands stay when another command is chosen */
  W.on('click', '.cmds a', function (a) {
    var url = new URL(a.href);
    $$('input,select,textarea', form).forEach(function (box) {
      var moved = box.matches('select') ? !box.options[box.selectedIndex].defaultSelected : /radio|checkbox/.test(box.type) ? box.checked : box.value !== box.defaultValue || location.search.length > 1;
      if (/^[^.:]+(:on)?$/.test(box.name) && !/password|file/.test(box.type) && moved && box.value) url.searchParams.append(box.name, box.value);
    });
    a.href = url.pathname + url.search;
  });

  /* the folders of the server, in a dialog; what is chosen goes into the field that asked */
  var folders = $('#browse'), asking = null;
  function look(address) {
    return window.htmx.ajax('GET', address, { target: '#browse', swap: 'innerHTML' }).then(function () {
      var head = $('#browse-h'); if (!head) return;
      if (!folders.open) folders.showModal();
      head.focus();
    });
  }
  function places() { return $$('input[type=text]', asking.closest('[data-list]') || asking); }
  form.addEventListener('click', function (ev) {
    var b = ev.target.closest('[data-browse]'); if (!b || !folders) return;
    ev.preventDefault();
    asking = b.closest('.browse');
    var ask = new URLSearchParams({ ':for': b.value });
    places().forEach(function (box) { if (box.value) ask.append(b.value, box.value); });
    look(form.dataset.folders + '?' + ask);
  });
  W.on('click', '#browse [data-go]', function (a, ev) { ev.preventDefault(); look(a.href); });
  W.on('click', '#browse [data-choose]', function (a, ev) {
    ev.preventDefault();
    var list = asking.closest('[data-list]'), blank = places().filter(function (box) { return !list || !box.value; })[0];
    folders.close();
    if (!blank) blank = boxes(add(list, null, a.dataset.choose))[0];
    blank.value = a.dataset.choose;
    blank.focus();
    changed(blank);
    W.say('Chosen: ' + a.dataset.choose);
  });

  /* choices that depend on other answers: the server tells them anew */
  var asked = 0;
  function tellAnew(name, before) {
    var parts = $$('[data-depends]', form).filter(function (part) { return JSON.parse(part.dataset.depends).indexOf(name) > -1 && before.indexOf(part.dataset.address) < 0; });
    if (!parts.length) return;
    var mine = ++asked, data = new URLSearchParams();
    new FormData(form).forEach(function (value, key) { if (typeof value === 'string' && !$('[type=password][name="' + CSS.escape(key) + '"]', form)) data.append(key, value); });
    parts.forEach(function (part) { part.classList.add('dimmed'); data.append(':choices', part.dataset.address); });
    fetch(form.action, { method: 'POST', body: data, headers: { 'HX-Request': 'true' } }).then(function (r) { return r.ok ? r.text() : ''; }).then(function (html) {
      if (mine !== asked) return;
      var fresh = document.createElement('template');
      fresh.innerHTML = html;
      parts.forEach(function (part) {
        var now = $('[data-address="' + CSS.escape(part.dataset.address) + '"]', fresh.content);
        if (now) part.replaceWith(now); else part.classList.remove('dimmed');
      });
      $$('.listed .no-js-only', form).forEach(function (li) { li.remove(); });
      refresh();
      parts.forEach(function (part) { tellAnew(part.dataset.address, before.concat(name)); });
    }, function () { parts.forEach(function (part) { part.classList.remove('dimmed'); }); W.say('The server cannot be reached'); });
  }
  form.addEventListener('change', function (ev) { if (ev.target.name) tellAnew(ev.target.name.split(':')[0], []); });

  /* faults: the summary takes the focus; its links open what hides the field */
  var summary = $('.errsum'); if (summary) summary.focus({ preventScroll: true });
  W.on('click', '.errsum a', function (a, ev) {
    var target = document.getElementById(a.getAttribute('href').slice(1)); if (!target) return;
    ev.preventDefault();
    var hidden = target.closest('details'); if (hidden) hidden.open = true;
    target.focus();
    target.scrollIntoView({ block: 'center' });
  });
})();
