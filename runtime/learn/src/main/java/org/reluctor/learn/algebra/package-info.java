/**
 * The little linear algebra that training needs, in float64. Sums run in an order of their own choosing, whatever the
 * number of processors, so that the same training gives the same bytes everywhere.
 */
package org.reluctor.learn.algebra;
