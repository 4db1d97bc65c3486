/* Runs before first paint: picks light or dark. Kept apart so that the page needs no inline script. */
(function () {
  'use strict';
  var root = document.documentElement, saved = null;
  try { saved = localStorage.getItem('webify-theme'); } catch (e) { /* storage blocked: follow the system */ }
  var dark = matchMedia('(prefers-color-scheme: dark)');
  function apply() { root.setAttribute('data-bs-theme', saved === 'dark' || (saved !== 'light' && dark.matches) ? 'dark' : 'light'); }
  apply();
  root.classList.add('js');
  dark.addEventListener('change', apply);
  document.addEventListener('webify:theme', function (ev) { saved = ev.detail; apply(); });
})();
