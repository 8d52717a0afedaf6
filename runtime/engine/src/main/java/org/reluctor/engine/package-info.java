/**
 * Executes a recovery network on one OpenCL device: the graph is lowered to a sequence of launches once, then batches
 * run through it with weights resident and no host round trip inside.
 */
package org.reluctor.engine;
