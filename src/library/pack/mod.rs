//! Exact, compact binary forms of what a round file holds: a life's samples, and everything else of a document.
