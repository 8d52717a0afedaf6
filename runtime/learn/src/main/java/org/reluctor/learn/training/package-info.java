/** Methods that find a network's numbers from recordings. */
package org.reluctor.learn.training;
