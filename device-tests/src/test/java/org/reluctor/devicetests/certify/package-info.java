/** What the certifier says, held against what is known otherwise, and what its cuts are worth. */
package org.reluctor.devicetests.certify;
