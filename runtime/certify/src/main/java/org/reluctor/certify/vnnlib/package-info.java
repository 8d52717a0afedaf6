/**
 * Questions in the format of the verification competition (www.vnnlib.org): a file says which inputs are meant and
 * which outputs would be bad; the answer is that there are none, an input that has them, or that it is not known.
 */
package org.reluctor.certify.vnnlib;
