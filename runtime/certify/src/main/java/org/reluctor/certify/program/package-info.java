/**
 * Linear programs over boxes. A solver is asked only for directions: what is reported is the dual bound of its
 * multipliers, computed anew and rounded outward, and holds whatever the solver returned.
 */
package org.reluctor.certify.program;
