/** What was proven of one network file, in a form from which anybody can prove it again without a solver. */
package org.reluctor.certify.certificate;
