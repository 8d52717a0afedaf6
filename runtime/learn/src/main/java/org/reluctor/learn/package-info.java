/**
 * The bench where networks are made: data sets in, network files out. Nothing here goes to the field; only the files
 * that it writes do.
 */
package org.reluctor.learn;
