// The order matters: the types generated from the content must come before Astro's stand-ins for them.
import '../.astro/types.d.ts';
import '@astrojs/starlight';
