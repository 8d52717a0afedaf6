/** The networks that training fills with numbers: their parts, and how a graph is put together from them. */
package org.reluctor.learn.architecture;
