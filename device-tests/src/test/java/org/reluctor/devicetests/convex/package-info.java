/** The study of convex training on real recordings: gap, time, and gradient descent from many starts beside it. */
package org.reluctor.devicetests.convex;
