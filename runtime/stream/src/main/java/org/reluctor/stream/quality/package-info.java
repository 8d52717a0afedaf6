/** How good a recovered signal is, told from measurements that its network never saw. */
package org.reluctor.stream.quality;
