/* A run that waits for its turn: its place stays up to date, and when it begins the page turns
   into the one of a run that goes on. The events are those of /runs/ID/events; see live.py. */
(function () {
  'use strict';
  var $ = window.webify.$, main = $('#main'), note = $('#lost'), source = null, over = false;
  var waits = window.webify.clock($('#elapsed'));
  if (!main.dataset.events || !window.EventSource) return;

  function put(id, text) { var el = $(id); if (el.textContent !== text) el.textContent = text; }
  function turn() {
    if (over) return;
    over = true;
    close();
    location.replace(main.dataset.run + location.search);
  }
  function open() {
    if (over || source) return;
    source = new EventSource(main.dataset.events);
    source.onopen = function () { note.hidden = true; };
    source.onerror = function () {
      note.hidden = false;
      $('p', note).textContent = 'Connection lost. The run keeps its place. Trying again.';
      if (source && source.readyState === 2) { close(); setTimeout(open, 5000); }
    };
    source.addEventListener('place', function (ev) {
      var told = JSON.parse(ev.data);
      waits(told.seconds); /* this computer may have slept */
      put('#place', told.number.toLocaleString('en-GB'));
      put('#before', told.heading);
      put('#why', told.text);
    });
    ['begin', 'out', 'err', 'result', 'end'].forEach(function (name) { source.addEventListener(name, turn); });
  }
  function close() { if (source) { source.close(); source = null; } }
  document.addEventListener('visibilitychange', function () { if (document.hidden) close(); else open(); });
  addEventListener('pagehide', close);
  addEventListener('pageshow', function (ev) { if (ev.persisted) open(); });

  if (!document.hidden) open();
})();
