/** The other side of a bound: inputs of the declared set that come near it, found by gradients. Proves nothing. */
package org.reluctor.certify.search;
