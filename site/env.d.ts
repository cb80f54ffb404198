// The order matters: the types made from the content have to come before Astro's stand-ins for them.
import '../.astro/types.d.ts';
import '@astrojs/starlight';
