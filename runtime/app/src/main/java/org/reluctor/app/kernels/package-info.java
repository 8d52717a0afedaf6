/** Programs brought to disk: as sources for a compiler elsewhere, and as a file from which a device loads them. */
package org.reluctor.app.kernels;
