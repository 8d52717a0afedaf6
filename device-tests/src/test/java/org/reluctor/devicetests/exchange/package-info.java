/** Networks exchanged under load: nothing lost, nothing doubled, and what latency pays for it. */
package org.reluctor.devicetests.exchange;
