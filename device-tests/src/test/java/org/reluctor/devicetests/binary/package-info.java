/** Programs from files: export, use without a compiler, and refusal of what was mixed up or altered. */
package org.reluctor.devicetests.binary;
