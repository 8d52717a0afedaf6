/** What is asked of a recovery network, as functions of one graph: signals in, and what may come out. */
package org.reluctor.certify.property;
