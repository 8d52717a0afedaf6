/**
 * From the graph of a network to steps, each of which becomes one launch: aliases resolved, constants folded, pointwise
 * chains joined to the product before them, buffers reused by lifetime. Knows sizes, not devices.
 */
package org.reluctor.engine.lowering;
