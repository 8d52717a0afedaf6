/** Charts as SVG files, in colours that can be read on light and on dark ground. */
package org.reluctor.plot;
