(function () {
  "use strict";
  var form = document.getElementById("filter");
  var all = Array.prototype.slice.call(document.querySelectorAll("article.finding"));
  var output = form.querySelector("output");
  if (!all.length) { return; }
  var texts = all.map(function (one) { return one.textContent.toLowerCase(); });
  function filter() {
    var severities = Array.prototype.map.call(
      form.querySelectorAll("input[name=severity]:checked"), function (box) { return box.value; });
    var family = form.elements.family.value;
    var plan = form.elements.plan ? form.elements.plan.value : "";
    var wanted = form.elements.text.value.trim().toLowerCase();
    var shown = 0;
    all.forEach(function (one, number) {
      var fits = severities.indexOf(one.dataset.severity) >= 0 &&
        (!family || one.dataset.family === family) && (!plan || one.dataset.plan === plan) &&
        (!wanted || texts[number].indexOf(wanted) >= 0);
      one.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    output.textContent = output.dataset.pattern.replace("{shown}", shown).replace("{all}", all.length);
  }
  function reveal() {
    var one = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!one) { return; }
    if (one.hidden) { one.hidden = false; }
    one.scrollIntoView();
  }
  form.addEventListener("input", filter);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  window.addEventListener("hashchange", reveal);
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (one) { one.open = true; });
  });
  form.reset();
  form.hidden = false;
  filter();
})();
