/** Pictures of what was proven, as SVG. */
package org.reluctor.certify.plot;
