/** Pictures of what was proven: SVG without a library, in the middle tones that stand out from white and from black. */
package org.reluctor.certify.plot;
