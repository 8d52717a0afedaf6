/** Networks exchanged while frames flow: tried, built beside those at work, tested, switched to, gone back from. */
package org.reluctor.app.exchange;
