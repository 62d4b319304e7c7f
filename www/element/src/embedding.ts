/** The page about embedding uses the element as anybody would. */

import "jitp/element";
