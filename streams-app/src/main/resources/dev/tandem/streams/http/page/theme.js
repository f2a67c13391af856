// Light or dark: as the system has it, unless the user chose. Runs before the page is drawn, so that nothing flashes.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => {
    try {
      return localStorage.getItem("tandem-theme");
    } catch {
      return null;
    }
  };
  const apply = () => {
    root.dataset.theme = chosen() ?? (system.matches ? "dark" : "light");
    dispatchEvent(new Event("themechange"));
  };
  apply();
  system.addEventListener("change", apply);
  addEventListener("DOMContentLoaded", () =>
    document.getElementById("theme").addEventListener("click", () => {
      try {
        localStorage.setItem("tandem-theme", root.dataset.theme === "dark" ? "light" : "dark");
      } catch {
        // A browser without storage keeps to the system's choice.
      }
      apply();
    }),
  );
})();
