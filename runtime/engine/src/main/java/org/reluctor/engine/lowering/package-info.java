/**
 * From the graph of a network to steps, each of which becomes one call of a kernel function (sequences join calls
 * to launches): aliases resolved, pointwise chains joined to the product before them, buffers reused by lifetime.
 * Constants are folded before, when a network is read. Knows sizes, not devices.
 */
package org.reluctor.engine.lowering;
