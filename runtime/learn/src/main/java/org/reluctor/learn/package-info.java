/** TODO */
package org.reluctor.learn;
