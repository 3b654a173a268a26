//! procedure.abuse
