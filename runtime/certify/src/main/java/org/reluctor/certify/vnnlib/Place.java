package org.reluctor.certify.vnnlib;

/**
 * Where something stands in a file, as editors count.
 *
 * @param line   from 1
 * @param column from 1, in characters
 */
record Place(int line, int column) {
}
