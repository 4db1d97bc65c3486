/* The form of a tool: lists that grow, steppers, boxes that appear, and the picture of the command.
   The picture is for the eye only: the server builds the argument list itself. */
(function () {
  'use strict';
  var W = window.webify, $ = W.$, $$ = W.$$, form = $('#f');
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
    if (ev.key !== 'Enter') return;
    if (ev.ctrlKey || ev.metaKey) { ev.preventDefault(); form.requestSubmit($('.runbar .btn-primary', form)); return; }
    var list = ev.target.closest('[data-list]');
    if (list && ev.target.matches('input')) { ev.preventDefault(); add(list, ev.target.closest('li')); }
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
    box.value = Math.max(+box.min || 0, Math.min(box.max === '' ? 99 : +box.max, value));
    changed(box);
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

  /* the picture of the command */
  var preview = $('#preview');
  function quoted(text) { return text === '' ? "''" : /^[\w@%+=:,./-]+$/.test(text) ? text : "'" + text.replace(/'/g, "'\"'\"'") + "'"; }
  function word(kind, text) { var span = document.createElement('span'); span.className = kind; span.textContent = text; return span; }
  function texts(part, within) {
    var found = [];
    $$('input,select,textarea', within || part).forEach(function (box) {
      if (box.closest('[data-kind]') !== part || box.matches('[data-narrow]') || box.matches('[type=radio]:not(:checked),[type=checkbox]:not(:checked)')) return;
      if (box.type === 'file') Array.prototype.forEach.call(box.files, function (f) { found.push(f.name); });
      else found.push.apply(found, part.dataset.flag && box.matches('.listed textarea') ? box.value.split('\n') : [box.value]);
    });
    return found;
  }
  /* uses of one field as [flag, join, values]; values of a positional go to `rest` */
  function uses(part, rest) {
    var d = part.dataset, flag = d.flag || '', full = function (v) { return v !== ''; }, values = texts(part).filter(full);
    var optional = $('[type=checkbox][data-reveals]', part), rows = $$('.listed.wide li', part);
    if (d.kind === 'secret') return values.length ? [[flag, d.join, null]] : [];
    if (d.kind === 'flag') return values.length ? [[flag]] : [];
    if (d.kind === 'count') return Array.from({ length: Math.min(9, +values[0] || 0) }, function () { return [flag]; });
    if (d.kind === 'switch') return values[0] === 'yes' ? [[flag]] : values[0] === 'no' ? [[d.negation]] : [];
    if (optional && optional.closest('[data-kind]') === part) {
      if (!optional.checked) return [];
      values = texts(part).slice(1).filter(full);
      return [values.length ? [flag, d.join, values] : [flag]];
    }
    if (!values.length || values.join('\n') === d.default) return [];
    if (d.kind === 'positional') { rest.push.apply(rest, values); return []; }
    if (rows.length) return rows.map(function (li) { return [flag, d.join, texts(part, li).filter(full)]; }).filter(function (use) { return use[2].length; });
    if (d.join === ' ') return [[flag, ' ', values]];
    return values.map(function (value) { return [flag, d.join, [value]]; });
  }
  function draw() {
    var rest = [];
    preview.replaceChildren(word('p', form.dataset.prog));
    $$('[data-kind]', form).forEach(function (part) {
      var inset = part.closest('.inset');
      if (inset && inset.hidden) return;
      uses(part, rest).forEach(function (use) {
        preview.append(' ', word('f', use[0]));
        if (use.length < 2) return;
        preview.append(word('f', use[1]));
        if (use[2] === null) preview.append(word('s', '••••••'));
        else use[2].forEach(function (value, i) { preview.append(i ? ' ' : '', word('v', quoted(value))); });
      });
    });
    $$('[data-choice]', form).forEach(function (radio) { if (radio.checked) preview.append(' ', word('f', radio.dataset.choice)); });
    rest.forEach(function (value) { preview.append(' ', word('v', quoted(value))); });
  }
  function refresh() { reveal(); if (preview) draw(); }
  form.addEventListener('input', refresh);
  form.addEventListener('change', refresh);
  form.addEventListener('reset', function () { setTimeout(refresh); });
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

  /* a tool that changes things asks once */
  form.addEventListener('click', function (ev) {
    var b = ev.target.closest('[data-asks]'); if (!b) return;
    ev.preventDefault();
    $(b.dataset.asks).showModal();
  });

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
