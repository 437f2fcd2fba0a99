/**
 * Who somebody is: accounts, roles and profiles, and the tokens that prove it to the other
 * services.
 *
 * <p>Hears: nothing itself; {@link duka.identity.mail} hears what people are mailed about. Says:
 * {@code duka.accounts.v1}, ids and facts only. What is personal stays here.
 */
@NullMarked
package duka.identity;

import org.jspecify.annotations.NullMarked;
